-- How many jobs are due and how many tasks wait for a person.
SELECT (SELECT count(*) FROM job WHERE run_at <= now()), (SELECT count(*) FROM human_task)
