-- Puts a declaration into a group that it has no business in. $1: its reference; $2: name.
INSERT INTO group_member (declaration, group_name) VALUES ($1::text, $2::text)
ON CONFLICT (declaration) DO UPDATE SET group_name = excluded.group_name
