-- Prepares a new connection for our use, whatever the server's own settings are.
-- $1: the role to speak as; empty for the login role itself. Returns one row of no interest.
SELECT set_config('client_encoding', 'UTF8', false),
       set_config('TimeZone', 'UTC', false),
       set_config('DateStyle', 'ISO, YMD', false),
       set_config('bytea_output', 'hex', false),
       set_config('standard_conforming_strings', 'on', false),
       set_config('search_path', 'public', false),
       set_config('synchronous_commit', 'on', false),
       set_config('statement_timeout', '30s', false),
       set_config('lock_timeout', '10s', false),
       set_config('idle_in_transaction_session_timeout', '60s', false),
       set_config('role', CASE $1::text WHEN '' THEN 'none' ELSE $1::text END, false)
