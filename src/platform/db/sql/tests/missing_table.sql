-- A query that does not fit the tables. No parameter.
SELECT id FROM nowhere
