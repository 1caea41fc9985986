-- An act on a declaration.
-- $1 declaration, $2 kind, $3 at, $4 commitment, $5 statement, $6 salt
INSERT INTO act (declaration_id, kind, at, commitment, statement, salt)
VALUES ($1, $2, $3, $4, $5, $6)
