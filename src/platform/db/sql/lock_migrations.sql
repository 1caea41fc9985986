-- Holds, until the transaction ends, the lock under which migrations are applied: one process at a
-- time. The number is "maillon" in ASCII. A migration may take longer than a request's statement,
-- and so may the wait for it. No parameter.
SELECT set_config('statement_timeout', '0', true),
       set_config('lock_timeout', '10min', true),
       pg_advisory_xact_lock(30787877879967598)
