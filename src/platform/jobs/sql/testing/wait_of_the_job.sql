-- Seconds until the only job is due.
SELECT ceil(extract(epoch FROM run_at - now()))::bigint FROM job
