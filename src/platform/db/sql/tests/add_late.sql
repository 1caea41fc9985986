-- A name that table late must hold once, which is looked at when the transaction commits. $1: it.
INSERT INTO late (name) VALUES ($1::text)
