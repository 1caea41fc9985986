-- id, key_id: drafts past their time, removed; at most 500 at once.
DELETE FROM draft WHERE id IN (SELECT id FROM draft WHERE expires_at < now() LIMIT 500)
RETURNING id, key_id
