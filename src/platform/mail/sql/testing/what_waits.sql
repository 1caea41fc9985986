-- Messages, keys, jobs, the most attempts of one, human tasks.
SELECT (SELECT count(*) FROM outbox),
       (SELECT count(*) FROM keys.outbox_key),
       (SELECT count(*) FROM job),
       (SELECT coalesce(max(attempts), 0) FROM job),
       (SELECT count(*) FROM human_task)
