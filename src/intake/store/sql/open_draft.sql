-- The visit works on that draft; it may read it without signing in until a time.
-- $1 digest of the visit, $2 draft, $3 until when it may read
INSERT INTO draft_visit (visit_digest, draft_id, reads_until) VALUES ($1, $2, $3)
ON CONFLICT (visit_digest) DO UPDATE SET draft_id = $2, reads_until = $3
