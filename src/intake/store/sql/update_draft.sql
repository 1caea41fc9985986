-- Writes a draft over.
-- $1 id, $2 sealed, $3 expiry
UPDATE draft SET sealed = $2, expires_at = $3 WHERE id = $1
