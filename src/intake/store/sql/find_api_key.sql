-- id, name: of a key that is not revoked.
-- $1 its digest
SELECT id, name FROM api_key WHERE digest = $1 AND revoked_at IS NULL
