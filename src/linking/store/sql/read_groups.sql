-- Every group: name, number of members.
SELECT name, members FROM link_group
