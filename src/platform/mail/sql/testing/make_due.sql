-- As if all the waiting were over.
UPDATE job SET run_at = now() - interval '1 second'
