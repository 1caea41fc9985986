-- New groups, and groups of another size. $1: names; $2: numbers of members.
INSERT INTO link_group (name, members)
SELECT name, members FROM unnest($1::text[], $2::integer[]) AS given (name, members)
ON CONFLICT (name) DO UPDATE SET members = excluded.members
