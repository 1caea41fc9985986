-- Returns how many jobs of a kind wait. $1: the kind.
SELECT count(*) FROM job WHERE kind = $1::text
