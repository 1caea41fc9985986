-- Ends a session.
-- $1 digest of its token
DELETE FROM follow_session WHERE token_digest = $1
