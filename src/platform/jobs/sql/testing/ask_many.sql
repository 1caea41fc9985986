-- $1 kind, $2 how many
INSERT INTO job (kind, subject) SELECT $1, n::text FROM generate_series(1, $2::integer) AS n
