-- Sessions and logins on their way past their time, removed.
-- $1 now
WITH gone AS (DELETE FROM identity_session WHERE expires_at <= $1)
DELETE FROM identity_request WHERE expires_at <= $1
