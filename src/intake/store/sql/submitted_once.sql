-- id, reference, received_at, once_body: the declaration of an earlier submission.
-- $1 digest
SELECT id, reference, received_at, once_body FROM submitted_once($1)
