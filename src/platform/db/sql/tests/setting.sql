-- Returns one row: the value of a setting. $1: its name.
SELECT current_setting($1::text)
