-- What was applied; made by the runner itself. Does nothing when it stands already. No parameter.
CREATE TABLE IF NOT EXISTS public.migration (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 bytea NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)
