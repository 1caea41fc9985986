-- Returns the process that serves this connection. No parameter.
SELECT pg_backend_pid()
