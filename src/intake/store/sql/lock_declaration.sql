-- The row is held until the end of the transaction.
-- $1 id
SELECT id FROM declaration WHERE id = $1 FOR UPDATE
