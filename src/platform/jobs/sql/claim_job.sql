-- Takes a job that is due and counts the attempt (0002-jobs.sql says how).
-- Returns id, kind, subject, attempts, whether it repeats; and a column of no interest: a power cut
-- may forget the count, so nobody waits for the disk here.
-- $1 the kinds that this process knows, as an array
SELECT id, kind, subject, attempts, every_seconds IS NOT NULL,
       set_config('synchronous_commit', 'off', true)
FROM claim_job($1::text[])
