-- Every message gets the key of another.
UPDATE keys.outbox_key
SET wrapped = other.wrapped
FROM keys.outbox_key AS other
WHERE other.outbox_id <> outbox_key.outbox_id
