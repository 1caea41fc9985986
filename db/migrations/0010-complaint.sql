-- The complaint: a declaration of another kind, of a person who is known (ADR 0036). Its draft is
-- found by whoever signs in, or by a code (ADR 0037).

ALTER TABLE draft ADD COLUMN code_digest bytea UNIQUE; -- of the code that finds a complaint again

-- The draft that a visit last opened. A form that comes when nobody is signed in any more is written
-- there; it is shown again only while `reads_until` has not passed, or to whoever signs in.
CREATE TABLE draft_visit (
    visit_digest bytea PRIMARY KEY,
    draft_id bigint NOT NULL REFERENCES draft ON DELETE CASCADE,
    reads_until timestamptz NOT NULL
);
CREATE INDEX draft_visit_draft ON draft_visit (draft_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON draft_visit TO maillon_door, maillon_operator;

ALTER TABLE declaration
    ADD COLUMN kind text NOT NULL DEFAULT 'report' CHECK (kind IN ('report', 'complaint')),
    ADD COLUMN subject_digest bytea, -- keyed, of who signed in; null once erased
    ADD COLUMN answers bytea,        -- sealed: what the form asked beside the record
    ADD CONSTRAINT only_complaints_are_signed CHECK (kind = 'complaint' OR subject_digest IS NULL);
CREATE INDEX declaration_subject ON declaration (subject_digest) WHERE subject_digest IS NOT NULL;

-- A session on a complaint serves the person who signed in, and nobody else.
ALTER TABLE follow_session ADD COLUMN subject_digest bytea;

-- A reference and a code open a report; a complaint is opened by who signs in.
CREATE OR REPLACE FUNCTION declaration_of(wanted text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT d.id FROM public.declaration d
    WHERE d.reference = wanted AND d.status <> 'erased' AND d.kind = 'report';
$$;

CREATE FUNCTION complaints_of(whose bytea)
RETURNS TABLE (id bigint, reference text, received_at timestamptz, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT d.id, d.reference, d.received_at, d.status FROM public.declaration d
    WHERE d.kind = 'complaint' AND d.subject_digest = whose AND d.status <> 'erased';
$$;
REVOKE ALL ON FUNCTION complaints_of(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION complaints_of(bytea) TO maillon_door;
