-- Erases a file and its key; returns its stored name. $1: its id.
WITH file AS (DELETE FROM evidence_file WHERE id = $1::bigint RETURNING stored, key_id),
     key AS (DELETE FROM keys.data_key WHERE id IN (SELECT key_id FROM file))
SELECT stored FROM file
