-- Asks for a job. Returns nothing.
-- $1 kind, $2 subject, $3 seconds from now
INSERT INTO job (kind, subject, run_at)
VALUES ($1, $2, now() + make_interval(secs => $3::bigint))
