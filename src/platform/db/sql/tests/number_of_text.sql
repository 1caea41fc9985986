-- Reads a text as a number; a wrong one is refused with its words quoted. $1: the text.
SELECT $1::text::integer
