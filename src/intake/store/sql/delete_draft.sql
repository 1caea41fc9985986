-- key_id: of the draft that was there.
-- $1 digest of the visit
DELETE FROM draft WHERE visit_digest = $1 RETURNING key_id, id
