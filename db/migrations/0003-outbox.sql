-- Outgoing mail (platform/mail), sealed: an address and what is said to whom are personal data. The
-- row and its key go once the mail server has the message.
CREATE TABLE outbox (
    id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'), -- random; the local part of Message-ID
    sealed bytea NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE keys.outbox_key (
    outbox_id text PRIMARY KEY,
    wrapped bytea NOT NULL
);

GRANT USAGE ON SCHEMA keys TO maillon_door, maillon_follower, maillon_engine, maillon_operator;
GRANT INSERT ON outbox, keys.outbox_key TO maillon_door, maillon_follower, maillon_engine;
GRANT SELECT, INSERT, DELETE ON outbox, keys.outbox_key TO maillon_operator;
