-- Undoes what the handler did.
ROLLBACK TO SAVEPOINT work
