-- Keeps a data key. $1: its id; $2: the key, wrapped.
INSERT INTO keys.data_key (id, wrapped) VALUES ($1::bigint, $2::bytea)
