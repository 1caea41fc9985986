-- Notes that a migration was applied. $1: its number; $2: its name; $3: its SHA-256.
INSERT INTO public.migration (number, name, sha256) VALUES ($1::integer, $2::text, $3::bytea)
