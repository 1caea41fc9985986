-- A professional account's key; nothing is written when the name is taken.
-- $1 name, $2 digest
INSERT INTO api_key (name, digest) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING
