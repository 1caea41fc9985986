-- Takes long, in a statement that was given a value. $1: the value.
SELECT pg_sleep(25), $1::text
