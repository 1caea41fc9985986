-- The tasks that have waited for longest: id, kind, subject, since.
-- $1 how many at most
SELECT id, kind, subject, since FROM human_task ORDER BY since, id LIMIT $1
