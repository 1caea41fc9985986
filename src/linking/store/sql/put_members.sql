-- Declarations that came into a group, went to another or left. $1: references; $2: names of groups,
-- '' for none.
INSERT INTO group_member (declaration, group_name)
SELECT declaration, nullif(name, '') FROM unnest($1::text[], $2::text[]) AS given (declaration, name)
ON CONFLICT (declaration) DO UPDATE SET group_name = excluded.group_name, since = now()
