-- True when some declaration has it as the author's.
-- $1 type, $2 digest
SELECT EXISTS (SELECT FROM author_identifier WHERE type = $1 AND digest = $2)
