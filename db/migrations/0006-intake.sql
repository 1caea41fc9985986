-- What people tell us. Everything that a person wrote is sealed by a data key of its own (schema
-- keys); identifiers are stored as keyed digests, those of the author apart from the declarant's.

CREATE TABLE draft (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    visit_digest bytea NOT NULL UNIQUE, -- of the visitor's cookie
    key_id bigint NOT NULL,
    sealed bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX draft_expiry ON draft (expires_at);

CREATE TABLE api_key (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    digest bytea NOT NULL UNIQUE,
    made_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);

CREATE TABLE declaration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reference text NOT NULL UNIQUE,
    door text NOT NULL CHECK (door IN ('page', 'api', 'import')),
    nature text NOT NULL CHECK (nature IN ('scam', 'illicit')),
    language text NOT NULL,
    received_at timestamptz NOT NULL,
    status text NOT NULL CHECK (status IN ('received', 'read', 'complement_asked', 'transferred',
                                           'closed', 'withdrawn', 'erased')),
    key_id bigint NOT NULL UNIQUE,
    statement bytea,          -- sealed: one record of the interchange format; null once erased
    contact bytea,            -- sealed: how to reach the declarant; null when anonymous
    api_key_id bigint REFERENCES api_key,
    -- What makes a second submission of the same thing the first one again: the visit of the
    -- page, or the idempotency key of the API with the digest of the body it came with.
    once_digest bytea UNIQUE,
    once_body bytea
);

CREATE INDEX declaration_received ON declaration (received_at);

CREATE TABLE act (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    declaration_id bigint NOT NULL REFERENCES declaration,
    kind text NOT NULL CHECK (kind IN ('received', 'completed', 'read', 'grouped', 'transferred',
                                       'withdrawn', 'closed', 'erased')),
    at timestamptz NOT NULL,
    commitment bytea NOT NULL UNIQUE, -- the entry of the ledger
    statement text,                   -- what was committed to; null once erased
    salt bytea                        -- null once erased
);
CREATE INDEX act_declaration ON act (declaration_id, id);

CREATE TABLE message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    declaration_id bigint NOT NULL REFERENCES declaration,
    at timestamptz NOT NULL,
    from_service boolean NOT NULL,
    asks boolean NOT NULL DEFAULT false, -- the service asks for something
    sealed bytea NOT NULL
);
CREATE INDEX message_declaration ON message (declaration_id, id);

-- Two tables, so that no query finds an author by a victim's own number.
CREATE TABLE author_identifier (
    declaration_id bigint NOT NULL REFERENCES declaration,
    type text NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (digest, type, declaration_id)
);
CREATE INDEX author_identifier_declaration ON author_identifier (declaration_id);
CREATE TABLE declarant_identifier (
    declaration_id bigint NOT NULL REFERENCES declaration,
    type text NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (declaration_id, type, digest)
);

CREATE TABLE follow_session (
    token_digest bytea PRIMARY KEY,
    declaration_id bigint NOT NULL REFERENCES declaration,
    expires_at timestamptz NOT NULL
);
CREATE INDEX follow_session_declaration ON follow_session (declaration_id);
CREATE INDEX follow_session_expiry ON follow_session (expires_at);

-- Wrong codes by declaration and hour: guessing is slowed down for everybody, whatever the address.
CREATE TABLE follow_attempt (
    reference_digest bytea NOT NULL,
    hour timestamptz NOT NULL,
    wrong int NOT NULL,
    PRIMARY KEY (reference_digest, hour)
);

-- The feed of the engine: each declaration that is new or changed, in the order of commit. Writers
-- hold the lock shared until their commit, the reader takes it alone for a moment: a number that is
-- read has no smaller one still to come.
CREATE TABLE declaration_change (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    declaration_id bigint NOT NULL REFERENCES declaration
);

CREATE FUNCTION note_change(changed bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT pg_advisory_xact_lock_shared(hashtext('maillon.declaration_change'));
    INSERT INTO public.declaration_change (declaration_id) VALUES (changed);
    SELECT pg_notify('maillon_change', '');
$$;

-- The follow-up space opens one declaration; the door itself cannot read any.
CREATE FUNCTION declaration_of(wanted text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT d.id FROM public.declaration d WHERE d.reference = wanted AND d.status <> 'erased';
$$;

CREATE FUNCTION submitted_once(wanted bytea)
RETURNS TABLE (id bigint, reference text, received_at timestamptz, once_body bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT d.id, d.reference, d.received_at, d.once_body FROM public.declaration d
    WHERE d.once_digest = wanted;
$$;

CREATE FUNCTION mandate() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('maillon.declaration', true), '')::bigint;
$$;

REVOKE ALL ON FUNCTION note_change(bigint), declaration_of(text), submitted_once(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_change(bigint) TO maillon_door, maillon_follower, maillon_operator;
GRANT EXECUTE ON FUNCTION declaration_of(text), submitted_once(bytea) TO maillon_door;
GRANT EXECUTE ON FUNCTION mandate() TO maillon_follower;

GRANT SELECT, INSERT, UPDATE, DELETE ON draft, follow_session, follow_attempt TO maillon_door;
GRANT SELECT ON api_key TO maillon_door;
GRANT INSERT ON declaration, act, declarant_identifier TO maillon_door;
-- INSERT … ON CONFLICT (once_digest) … RETURNING id
GRANT SELECT (id, once_digest) ON declaration TO maillon_door;
GRANT SELECT, INSERT ON author_identifier TO maillon_door; -- already reported?

GRANT SELECT, UPDATE ON declaration TO maillon_follower;
GRANT SELECT, INSERT, UPDATE ON act TO maillon_follower;
GRANT SELECT, INSERT, DELETE ON message TO maillon_follower;
GRANT INSERT, DELETE, SELECT ON author_identifier, declarant_identifier TO maillon_follower;
GRANT DELETE, SELECT ON follow_session TO maillon_follower;

-- Files that a declarant adds, and all that goes when a report is withdrawn.
GRANT INSERT, DELETE ON evidence_file TO maillon_follower;
GRANT INSERT, DELETE ON keys.data_key TO maillon_follower;
GRANT USAGE ON SEQUENCE keys.data_key_id_seq TO maillon_follower;

GRANT SELECT ON declaration, declaration_change TO maillon_engine;
GRANT SELECT, INSERT ON act TO maillon_engine;

GRANT SELECT, INSERT, UPDATE, DELETE ON declaration, act, message, author_identifier,
    declarant_identifier, follow_session, follow_attempt, draft, api_key, declaration_change
    TO maillon_operator;

-- A follower's mandate is one declaration: whatever query it sends, no other row is there.
ALTER TABLE declaration ENABLE ROW LEVEL SECURITY;
ALTER TABLE act ENABLE ROW LEVEL SECURITY;
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE author_identifier ENABLE ROW LEVEL SECURITY;
ALTER TABLE declarant_identifier ENABLE ROW LEVEL SECURITY;
ALTER TABLE follow_session ENABLE ROW LEVEL SECURITY;

CREATE POLICY mandate ON declaration TO maillon_follower USING (id = mandate());
CREATE POLICY mandate ON act TO maillon_follower USING (declaration_id = mandate());
CREATE POLICY mandate ON message TO maillon_follower USING (declaration_id = mandate());
CREATE POLICY mandate ON author_identifier TO maillon_follower USING (declaration_id = mandate());
CREATE POLICY mandate ON declarant_identifier TO maillon_follower
    USING (declaration_id = mandate());
CREATE POLICY mandate ON follow_session TO maillon_follower USING (declaration_id = mandate());

CREATE POLICY door ON declaration TO maillon_door USING (true) WITH CHECK (true);
CREATE POLICY door ON act FOR INSERT TO maillon_door WITH CHECK (true);
CREATE POLICY door ON author_identifier TO maillon_door USING (true) WITH CHECK (true);
CREATE POLICY door ON declarant_identifier FOR INSERT TO maillon_door WITH CHECK (true);
CREATE POLICY door ON follow_session TO maillon_door USING (true) WITH CHECK (true);

-- What a declarant may do to the evidence and the keys of the declaration of the mandate: add files,
-- and erase all when the report is withdrawn. Nothing of another is there.
CREATE POLICY follower_adds ON evidence_file FOR INSERT TO maillon_follower
    WITH CHECK (owner = 'declaration/' || mandate());
CREATE POLICY follower_erases ON evidence_file FOR DELETE TO maillon_follower
    USING (owner = 'declaration/' || mandate());
CREATE FUNCTION mandate_holds_key(key bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM public.declaration d
                   WHERE d.id = public.mandate() AND d.key_id = key)
        OR EXISTS (SELECT FROM public.evidence_file f
                   WHERE f.owner = 'declaration/' || public.mandate() AND f.key_id = key);
$$;
GRANT EXECUTE ON FUNCTION mandate_holds_key(bigint) TO maillon_follower;
-- A key is made before the row that names it.
CREATE POLICY follower_adds ON keys.data_key FOR INSERT TO maillon_follower WITH CHECK (true);
CREATE POLICY follower_reads_declaration ON keys.data_key FOR SELECT TO maillon_follower
    USING (mandate_holds_key(id));
CREATE POLICY follower_erases ON keys.data_key FOR DELETE TO maillon_follower
    USING (mandate_holds_key(id));
-- The door erases keys of drafts, and none that a declaration needs.
CREATE FUNCTION declaration_holds_key(key bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT EXISTS (SELECT FROM public.declaration d WHERE d.key_id = key)
        OR EXISTS (SELECT FROM public.evidence_file f
                   WHERE f.key_id = key AND f.owner LIKE 'declaration/%');
$$;
GRANT EXECUTE ON FUNCTION declaration_holds_key(bigint) TO maillon_door;
CREATE POLICY door_erases_loose ON keys.data_key FOR DELETE TO maillon_door
    USING (NOT declaration_holds_key(id));

CREATE POLICY engine ON declaration FOR SELECT TO maillon_engine USING (true);
CREATE POLICY engine ON act TO maillon_engine USING (true) WITH CHECK (true);

CREATE POLICY operator ON declaration TO maillon_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON act TO maillon_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON message TO maillon_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON author_identifier TO maillon_operator USING (true) WITH CHECK (true);
CREATE POLICY operator ON declarant_identifier TO maillon_operator
    USING (true) WITH CHECK (true);
CREATE POLICY operator ON follow_session TO maillon_operator USING (true) WITH CHECK (true);

-- Every read of a personal file: who, why, when (loi 78-17 art. 101). A reference, never content.
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,  -- "declarant", "api:NAME", "operator:NAME"
    event text NOT NULL,  -- "followup_read", "evidence_read"…
    reason text NOT NULL,
    declaration_id bigint NOT NULL
);
CREATE INDEX audit_declaration ON audit (declaration_id);
GRANT INSERT ON audit TO maillon_door, maillon_follower, maillon_engine, maillon_operator;
GRANT SELECT ON audit TO maillon_operator;
