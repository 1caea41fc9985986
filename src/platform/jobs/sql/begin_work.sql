-- What the handler does from here on can be undone without letting go of the job.
SAVEPOINT work
