-- A session of the follow-up space; of a complaint, for who signed in alone.
-- $1 digest of its token, $2 declaration, $3 expiry, $4 digest of who signed in, or null
INSERT INTO follow_session (token_digest, declaration_id, expires_at, subject_digest)
VALUES ($1, $2, $3, $4)
