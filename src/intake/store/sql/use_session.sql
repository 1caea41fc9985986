-- declaration_id, whether it is a complaint: of a session that has not expired; it lives on.
-- $1 digest of its token, $2 now, $3 new expiry, $4 digest of who is signed in, or null
UPDATE follow_session SET expires_at = $3
WHERE token_digest = $1 AND expires_at > $2 AND (subject_digest IS NULL OR subject_digest = $4)
RETURNING declaration_id, subject_digest IS NOT NULL
