-- An identifier of whoever declares: never looked up.
-- $1 declaration, $2 type, $3 digest
INSERT INTO declarant_identifier (declaration_id, type, digest) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
