-- How many groups have another number of members than they say, or links that leave them.
SELECT (SELECT count(*) FROM link_group
        WHERE members <> (SELECT count(*) FROM group_member WHERE group_name = name))
     + (SELECT count(*) FROM link_edge
        LEFT JOIN group_member AS first ON first.declaration = a
        LEFT JOIN group_member AS other ON other.declaration = b
        WHERE tier <> 'network' AND first.group_name IS DISTINCT FROM other.group_name)
