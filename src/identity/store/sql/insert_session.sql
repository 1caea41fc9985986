-- $1 digest of its token, $2 sealed content, $3 start, $4 expiry, $5 end
INSERT INTO identity_session (token_digest, sealed, started_at, expires_at, ends_at)
VALUES ($1, $2, $3, $4, $5)
