-- This transaction sees one declaration.
-- $1 its id
SELECT set_config('maillon.declaration', $1, true)
