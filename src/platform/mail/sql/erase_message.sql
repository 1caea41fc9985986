-- Erases a message with its key. Returns nothing.
-- $1 id
WITH key AS (
    DELETE FROM keys.outbox_key WHERE outbox_id = $1
)
DELETE FROM outbox WHERE id = $1
