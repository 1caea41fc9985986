-- Returns the files of an owner in the order in which they came. $1: the owner.
SELECT id, bytes, sha256, type, has_thumbnail, examined_at IS NOT NULL, scan
FROM evidence_file WHERE owner = $1::text ORDER BY id
