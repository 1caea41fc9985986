-- The job is done. Returns nothing.
-- $1 id
DELETE FROM job WHERE id = $1
