-- Holds a claimed job for the length of the transaction. One row, or none when it is no longer ours.
-- $1 id, $2 attempts as claimed, $3 milliseconds between two statements after which the server ends
-- the transaction: the machine of the worker may have gone without a word
SELECT set_config('idle_in_transaction_session_timeout', $3::text, true)
FROM job
WHERE id = $1 AND attempts = $2
FOR UPDATE SKIP LOCKED
