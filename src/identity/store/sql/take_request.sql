-- sealed, is_fresh: of a login on its way, once.
-- $1 digest of the browser's secret and the state, $2 now
DELETE FROM identity_request WHERE request_digest = $1 RETURNING sealed, expires_at > $2
