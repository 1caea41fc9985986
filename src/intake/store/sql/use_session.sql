-- declaration_id: of a session that has not expired; it lives on.
-- $1 digest of its token, $2 now, $3 new expiry
UPDATE follow_session SET expires_at = $3 WHERE token_digest = $1 AND expires_at > $2
RETURNING declaration_id
