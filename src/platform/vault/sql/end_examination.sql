-- Notes what was found in a file; returns its owner. $1: its id; $2: whether there is a thumbnail;
-- $3: whether there is a text.
UPDATE evidence_file SET examined_at = now(), has_thumbnail = $2::boolean, has_text = $3::boolean
WHERE id = $1::bigint
RETURNING owner
