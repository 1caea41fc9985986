-- Makes the transaction see one instant, and returns the name under which others can see the same.
-- No parameter.
SELECT pg_export_snapshot()
