-- Groups that are no more. $1: names.
DELETE FROM link_group WHERE name = ANY ($1::text[])
