-- A repeating job has run: it is due again after its time. Returns nothing.
-- $1 id
UPDATE job
SET attempts = 0, run_at = clock_timestamp() + make_interval(secs => every_seconds)
WHERE id = $1
