-- A person must look. Returns nothing.
-- $1 id
WITH ended AS (
    DELETE FROM job WHERE id = $1 AND every_seconds IS NULL
)
INSERT INTO human_task (kind, subject)
SELECT kind, subject FROM job WHERE id = $1
ON CONFLICT (kind, subject) DO NOTHING
