-- Returns the id of a new row. $1: its name.
INSERT INTO person (name) VALUES ($1::text) RETURNING id
