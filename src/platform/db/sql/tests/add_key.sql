-- A row of the tests' schema keys. $1: its number; $2: the key.
INSERT INTO keys.data_key (id, wrapped) VALUES ($1::bigint, $2::text)
