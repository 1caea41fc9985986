-- Returns one row: whether the table of applied migrations stands. No parameter.
SELECT to_regclass('public.migration') IS NOT NULL
