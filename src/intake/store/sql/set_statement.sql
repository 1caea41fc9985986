-- The sealed statement, written over.
-- $1 id, $2 sealed
UPDATE declaration SET statement = $2 WHERE id = $1
