-- Returns the name of every table that is not PostgreSQL's own, and how many rows it has, in the
-- order of their names. Counting is put into words for each table. No parameter.
SELECT format('%s.%s', n.nspname, c.relname),
       (xpath('/row/count/text()',
              query_to_xml(format('SELECT count(*) AS count FROM ONLY %I.%I', n.nspname, c.relname),
                           false, true, '')))[1]::text::bigint
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%'
ORDER BY n.nspname, c.relname
