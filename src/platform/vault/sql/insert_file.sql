-- Returns the id of a new file; no row when it was adopted before. $1: owner; $2: stored; $3: bytes;
-- $4: SHA-256; $5: type; $6: its name, sealed; $7: its key; $8: scan.
INSERT INTO evidence_file (owner, stored, bytes, sha256, type, name_sealed, key_id, scan)
VALUES ($1::text, $2::text, $3::bigint, $4::bytea, $5::text, $6::bytea, $7::bigint, $8::text)
ON CONFLICT (stored) DO NOTHING
RETURNING id
