-- A person has dealt with it. Returns its kind and subject, if it was there.
-- $1 id
DELETE FROM human_task WHERE id = $1 RETURNING kind, subject
