-- id, key_id, sealed, wrapped, whether the visit may read it: the draft that a visit last opened.
-- $1 digest of the visit, $2 now
SELECT d.id, d.key_id, d.sealed, k.wrapped, v.reads_until > $2
FROM draft_visit v JOIN draft d ON d.id = v.draft_id JOIN keys.data_key k ON k.id = d.key_id
WHERE v.visit_digest = $1 AND d.expires_at > $2
