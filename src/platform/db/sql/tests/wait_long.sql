-- Takes longer than the session allows. No parameter.
SELECT pg_sleep(60)
