-- Revokes a key that is in use.
-- $1 name
UPDATE api_key SET revoked_at = now() WHERE name = $1 AND revoked_at IS NULL
