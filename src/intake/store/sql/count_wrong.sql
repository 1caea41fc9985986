-- Wrong codes for a reference in this hour.
-- $1 digest of the reference
SELECT coalesce(sum(wrong), 0) FROM follow_attempt
WHERE reference_digest = $1 AND hour = date_trunc('hour', now())
