-- $1 digest of the browser's secret and the state, $2 sealed content, $3 expiry
INSERT INTO identity_request (request_digest, sealed, expires_at) VALUES ($1, $2, $3)
