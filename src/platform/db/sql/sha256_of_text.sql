-- Returns one row: the SHA-256 of a text. $1: the text.
SELECT sha256(convert_to($1::text, 'UTF8'))
