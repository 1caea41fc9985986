-- The visit has no draft of a complaint any more.
-- $1 digest of the visit
DELETE FROM draft_visit WHERE visit_digest = $1
