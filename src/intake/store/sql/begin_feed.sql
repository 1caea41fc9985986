-- Waits until no writer is in the middle of telling a change.
SELECT pg_advisory_xact_lock(hashtext('maillon.declaration_change'))
