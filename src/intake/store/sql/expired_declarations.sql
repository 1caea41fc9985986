-- reference: of declarations that were kept for as long as they may be; at most 100 at once.
-- $1 received before
SELECT reference FROM declaration WHERE received_at < $1 AND status <> 'erased'
ORDER BY received_at LIMIT 100
