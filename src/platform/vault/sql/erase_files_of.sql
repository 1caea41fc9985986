-- Erases the files of an owner and their keys; returns their stored names. $1: the owner.
WITH file AS (DELETE FROM evidence_file WHERE owner = $1::text RETURNING stored, key_id),
     key AS (DELETE FROM keys.data_key WHERE id IN (SELECT key_id FROM file))
SELECT stored FROM file
