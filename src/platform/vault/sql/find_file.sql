-- Returns what it takes to read a file; no row when it or its key was erased. $1: its id.
SELECT file.stored, file.bytes, file.type, file.name_sealed, file.scan,
       file.examined_at IS NOT NULL, file.key_id, key.wrapped
FROM evidence_file AS file JOIN keys.data_key AS key ON key.id = file.key_id
WHERE file.id = $1::bigint
