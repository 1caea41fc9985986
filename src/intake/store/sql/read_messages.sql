-- id, at, from_service, asks, sealed, in order.
-- $1 declaration
SELECT id, at, from_service, asks, sealed FROM message WHERE declaration_id = $1 ORDER BY id
