-- How many, and of how many subjects.
SELECT count(*), count(DISTINCT subject) FROM effect
