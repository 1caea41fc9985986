-- id: of the new draft, or of the one that the visit already has (then nothing was written).
-- $1 digest of the visit, $2 key, $3 sealed, $4 expiry
INSERT INTO draft (visit_digest, key_id, sealed, expires_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (visit_digest) DO NOTHING
RETURNING id
