-- sealed, started_at, ends_at: of a session that has not expired; it lives on, not beyond its end.
-- $1 digest of its token, $2 now, $3 new expiry
UPDATE identity_session SET expires_at = least($3, ends_at)
WHERE token_digest = $1 AND expires_at > $2
RETURNING sealed, started_at, ends_at
