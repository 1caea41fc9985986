-- How many jobs, the most attempts of one, how many are due.
SELECT count(*), coalesce(max(attempts), 0), count(*) FILTER (WHERE run_at <= now()) FROM job
