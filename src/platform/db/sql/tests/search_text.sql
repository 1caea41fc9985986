-- Reads a text as a search; a wrong one is refused with its words quoted. $1: the text.
SELECT to_tsquery('simple', $1::text)
