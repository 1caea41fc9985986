-- What the engine found: the groups of declarations and why. All of it is made from the declarations
-- and can be made again (docs/adr/0029); nothing here refers to them, so that a backup can leave it
-- out. A declaration is named by its reference. No value of an identifier is stored.

CREATE TABLE link_group (
    name text PRIMARY KEY,
    members integer NOT NULL CHECK (members >= 2),
    first_seen timestamptz NOT NULL DEFAULT now()
);

-- Each declaration that is in a group, or was once: then without a group.
CREATE TABLE group_member (
    declaration text PRIMARY KEY,
    group_name text REFERENCES link_group,
    since timestamptz NOT NULL DEFAULT now() -- in that group
);
CREATE INDEX group_member_group ON group_member (group_name);

-- Links inside a group (core, group) and proposals between two (network).
CREATE TABLE link_edge (
    a text NOT NULL,
    b text NOT NULL CHECK (a < b COLLATE "C"),
    probability real NOT NULL,
    tier text NOT NULL CHECK (tier IN ('core', 'group', 'network')),
    evidence jsonb NOT NULL, -- [{"kind": "phone", "bits": 13.2}, …], as when it was last written
    PRIMARY KEY (a, b)
);
CREATE INDEX link_edge_b ON link_edge (b);

-- One row: up to which change the tables above hold, and how often they were written.
CREATE TABLE linking_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision bigint NOT NULL DEFAULT 0,
    change_number bigint NOT NULL DEFAULT 0,
    declarations bigint NOT NULL DEFAULT 0,
    linked_at timestamptz,
    took_ms bigint
);
INSERT INTO linking_state DEFAULT VALUES;

GRANT SELECT, INSERT, UPDATE, DELETE ON link_group, group_member, link_edge TO maillon_engine;
GRANT SELECT, UPDATE ON linking_state TO maillon_engine;
GRANT SELECT ON link_group, group_member, link_edge, linking_state TO maillon_operator;
