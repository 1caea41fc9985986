-- One row for a kind that repeats, however many processes ask for it. Returns nothing.
-- $1 kind, $2 seconds
INSERT INTO job (kind, subject, every_seconds)
VALUES ($1, '', $2)
ON CONFLICT (kind) WHERE every_seconds IS NOT NULL
DO UPDATE SET every_seconds = excluded.every_seconds,
              run_at = least(job.run_at, now() + make_interval(secs => excluded.every_seconds))
WHERE job.every_seconds <> excluded.every_seconds
