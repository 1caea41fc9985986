-- id: of the declaration with that reference, erased ones too.
-- $1 reference
SELECT id FROM declaration WHERE reference = $1
