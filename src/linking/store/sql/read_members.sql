-- Every declaration that is or was in a group: its reference, the group's name (null: none now).
SELECT declaration, group_name FROM group_member
