-- One more wrong code.
-- $1 digest of the reference
INSERT INTO follow_attempt (reference_digest, hour, wrong)
VALUES ($1, date_trunc('hour', now()), 1)
ON CONFLICT (reference_digest, hour) DO UPDATE SET wrong = follow_attempt.wrong + 1
