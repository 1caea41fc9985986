-- Sessions past their time and attempts of earlier days, removed.
WITH gone AS (DELETE FROM follow_session WHERE expires_at < now())
DELETE FROM follow_attempt WHERE hour < now() - interval '1 day'
