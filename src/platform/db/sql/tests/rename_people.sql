-- Gives all people other names. $1: what is put before them.
UPDATE person SET name = $1::text || name
