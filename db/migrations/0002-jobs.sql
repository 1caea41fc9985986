-- Durable work (platform/jobs). A job that runs is held by its row's lock, so that nothing has to be
-- given back when its process is killed: the lock goes with the connection.
CREATE TABLE job (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_.]{0,62}$'),
    subject text NOT NULL CHECK (length(subject) <= 200),
    run_at timestamptz NOT NULL DEFAULT now(),
    -- Counted and committed before each run: also those whose process died.
    attempts integer NOT NULL DEFAULT 0,
    -- Of a kind that comes again by itself: seconds from the end of a run to the next.
    every_seconds integer CHECK (every_seconds > 0)
);
CREATE INDEX job_run_at ON job (run_at);
CREATE INDEX job_subject ON job (kind, subject);
CREATE UNIQUE INDEX job_repeating ON job (kind) WHERE every_seconds IS NOT NULL;
-- A queue leaves a dead row for each job; an index scan walks over them until they are cleaned.
ALTER TABLE job SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Takes the job that has been due for longest among those of `kinds`, and counts the attempt. Until
-- its run holds the row, the job is nobody else's for a second; should the process die, it is due
-- again then, and from the second death on after the back-off of failures. Other jobs of the same
-- kind and subject that are due and that nobody has begun are this one.
-- The planner is told to walk the index: a queue is empty most of the time, and a plan made then
-- reads and sorts all of it for each job of a rush.
CREATE FUNCTION claim_job(kinds text[]) RETURNS SETOF job
LANGUAGE plpgsql
SET enable_seqscan TO off
SET enable_bitmapscan TO off
SET enable_sort TO off
AS $$
DECLARE
    taken job;
BEGIN
    SELECT * INTO taken
    FROM job
    WHERE run_at <= now() AND kind = ANY(kinds)
    ORDER BY run_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    DELETE FROM job
    WHERE id IN (
        SELECT id
        FROM job
        WHERE kind = taken.kind AND subject = taken.subject AND id <> taken.id
          AND run_at <= now() AND attempts = 0 AND every_seconds IS NULL
        FOR UPDATE SKIP LOCKED
    );
    RETURN QUERY
    UPDATE job
    SET attempts = taken.attempts + 1,
        run_at = now() + make_interval(secs => CASE taken.attempts
            WHEN 0 THEN 1
            ELSE least(3600, 10 * 2 ^ least(taken.attempts - 1, 9))
        END)
    WHERE id = taken.id
    RETURNING *;
END
$$;

-- What waits for a person: a job that was given up.
CREATE TABLE human_task (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kind, subject)
);

-- Who acts asks for work; it is done, and looked after, by workers and administrators.
GRANT INSERT ON job TO maillon_door, maillon_follower;
GRANT SELECT, INSERT, UPDATE, DELETE ON job, human_task TO maillon_engine, maillon_operator;
GRANT EXECUTE ON FUNCTION claim_job TO maillon_engine, maillon_operator;
