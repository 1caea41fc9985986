-- In how many rows a declaration still stands. $1: its reference.
SELECT (SELECT count(*) FROM group_member WHERE declaration = $1::text)
     + (SELECT count(*) FROM link_edge WHERE a = $1::text OR b = $1::text)
