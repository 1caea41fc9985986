-- Links that are no more. $1, $2: references.
DELETE FROM link_edge
USING unnest($1::text[], $2::text[]) AS gone (a, b)
WHERE link_edge.a = gone.a AND link_edge.b = gone.b
