-- Who is logged in, for the doors that ask for an identity (ADR 0033). Nothing here can be read from
-- the database alone: each row is found by the digest of a secret that the browser holds, and sealed
-- under a key made of that secret and the pepper.
CREATE TABLE identity_session (
    token_digest bytea PRIMARY KEY CHECK (octet_length(token_digest) = 32),
    sealed bytea NOT NULL, -- the person, the subject, the ID token for the provider's logout
    started_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL, -- moved by each use
    ends_at timestamptz NOT NULL,    -- not moved
    CHECK (expires_at <= ends_at)
);
CREATE INDEX identity_session_expiry ON identity_session (expires_at);

-- Logins on their way: sent to the provider, not yet back. Each is taken once.
CREATE TABLE identity_request (
    request_digest bytea PRIMARY KEY CHECK (octet_length(request_digest) = 32),
    sealed bytea NOT NULL, -- nonce, PKCE verifier, language and where to go afterwards
    expires_at timestamptz NOT NULL
);
CREATE INDEX identity_request_expiry ON identity_request (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON identity_session TO maillon_door;
GRANT SELECT, INSERT, DELETE ON identity_request TO maillon_door;
GRANT SELECT, DELETE ON identity_session, identity_request TO maillon_operator;
