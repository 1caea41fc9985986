-- Makes the server read its settings again. Returns one row of no interest. No parameter.
SELECT pg_reload_conf()
