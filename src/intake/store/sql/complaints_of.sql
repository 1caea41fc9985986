-- id, reference, received_at, status: the complaints of who signed in, the newest first.
-- $1 digest of who signed in
SELECT id, reference, received_at, status FROM complaints_of($1) ORDER BY received_at DESC, id DESC
