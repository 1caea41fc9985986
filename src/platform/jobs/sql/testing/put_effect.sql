-- $1 subject
INSERT INTO effect (subject) VALUES ($1)
