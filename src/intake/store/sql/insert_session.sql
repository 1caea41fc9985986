-- A session of the follow-up space.
-- $1 digest of its token, $2 declaration, $3 expiry
INSERT INTO follow_session (token_digest, declaration_id, expires_at) VALUES ($1, $2, $3)
