-- Ends another connection, and waits until it has ended. $1: the process that serves it.
SELECT pg_terminate_backend($1::integer, 60000)
