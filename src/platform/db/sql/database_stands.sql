-- Returns one row: whether the server has a database. $1: its name.
SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1::text)
