-- Returns one row: the settings that the program relies on. No parameter.
SELECT current_setting('TimeZone'), current_setting('client_encoding'),
       current_setting('statement_timeout'), current_setting('lock_timeout'),
       current_setting('idle_in_transaction_session_timeout'), current_user::text
