-- A statement that the server refuses: 22012.
SELECT 1 / 0
