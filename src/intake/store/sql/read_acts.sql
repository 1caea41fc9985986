-- kind, at, statement, salt, commitment, in order.
-- $1 declaration
SELECT kind, at, statement, salt, commitment FROM act WHERE declaration_id = $1 ORDER BY id
