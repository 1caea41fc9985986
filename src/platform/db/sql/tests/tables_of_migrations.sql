-- Returns the names of tables in schema public, in order. No parameter.
SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename
