-- The id behind a reference, or null.
-- $1 reference
SELECT declaration_of($1)
