-- Returns one row: how many people there are. No parameter.
SELECT count(*) FROM person
