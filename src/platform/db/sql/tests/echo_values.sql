-- Returns one row of the values that were given. $1: text; $2: number; $3: truth; $4: bytes;
-- $5: instant; $6: text.
SELECT $1::text, $2::bigint, $3::boolean, $4::bytea, $5::timestamptz, $6::text
