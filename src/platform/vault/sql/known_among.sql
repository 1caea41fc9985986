-- Returns those of some stored names that a file has. $1: the names, as the text of an array.
SELECT stored FROM evidence_file WHERE stored = ANY ($1::text[])
