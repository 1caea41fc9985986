-- A message that waits: sealed, wrapped key; no row once it was sent.
-- $1 id
SELECT outbox.sealed, outbox_key.wrapped
FROM outbox
JOIN keys.outbox_key ON outbox_key.outbox_id = outbox.id
WHERE outbox.id = $1
