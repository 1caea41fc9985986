-- Where a declaration stands.
-- $1 id, $2 status
UPDATE declaration SET status = $2 WHERE id = $1
