-- Tells the engine of a new or changed declaration.
-- $1 declaration
SELECT note_change($1)
