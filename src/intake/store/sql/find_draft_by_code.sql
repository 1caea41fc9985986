-- id, key_id, sealed, wrapped: the draft with that code that has not expired.
-- $1 digest of the code, $2 now
SELECT d.id, d.key_id, d.sealed, k.wrapped
FROM draft d JOIN keys.data_key k ON k.id = d.key_id
WHERE d.code_digest = $1 AND d.expires_at > $2
