-- An identifier of the author, as a keyed digest.
-- $1 declaration, $2 type, $3 digest
INSERT INTO author_identifier (declaration_id, type, digest) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
