-- The code that finds a draft again.
-- $1 id, $2 digest of the code
UPDATE draft SET code_digest = $2 WHERE id = $1 AND code_digest IS DISTINCT FROM $2
