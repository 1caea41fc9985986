-- Returns number, name and sha256 of each applied migration, in order. No parameter.
SELECT number, name, sha256 FROM public.migration ORDER BY number
