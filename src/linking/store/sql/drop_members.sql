-- Declarations that are no more. $1: references.
DELETE FROM group_member WHERE declaration = ANY ($1::text[])
