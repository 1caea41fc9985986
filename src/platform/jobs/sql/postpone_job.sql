-- Tries again later; one that repeats, not later than it would have come anyway. Returns nothing.
-- $1 id, $2 seconds
UPDATE job
SET run_at = clock_timestamp() + make_interval(secs => least($2::bigint, every_seconds))
WHERE id = $1
