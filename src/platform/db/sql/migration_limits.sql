-- Limits for the statements of one migration, once it has the lock: it may work long, but may not
-- hold up the program's tables while waiting for one of them. No parameter.
SELECT set_config('lock_timeout', '10s', true)
