-- Identifiers of a declaration that is withdrawn: it no longer counts for anything.
-- $1 declaration
WITH authors AS (DELETE FROM author_identifier WHERE declaration_id = $1)
DELETE FROM declarant_identifier WHERE declaration_id = $1
