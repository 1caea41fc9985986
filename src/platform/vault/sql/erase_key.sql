-- Erases a data key. $1: its id.
DELETE FROM keys.data_key WHERE id = $1::bigint
