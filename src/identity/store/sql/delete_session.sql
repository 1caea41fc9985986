-- sealed: of the session that ends.
-- $1 digest of its token
DELETE FROM identity_session WHERE token_digest = $1 RETURNING sealed
