-- reference, nature, status, language, key_id, statement, contact, wrapped, received_at, kind,
-- answers
-- $1 id
SELECT d.reference, d.nature, d.status, d.language, d.key_id, d.statement, d.contact, k.wrapped,
       d.received_at, d.kind, d.answers
FROM declaration d LEFT JOIN keys.data_key k ON k.id = d.key_id
WHERE d.id = $1
