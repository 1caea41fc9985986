-- The ledger: an append-only Merkle log (RFC 9162 §2.1) of salted commitments. No personal data.
--
-- A subtree of 2^level entries that is complete never changes: its root is one row of `node`, named
-- by the last entry under it, so that rows of a stretch of the log lie together. Leaf hashes
-- (level 0) are not kept: they are SHA-256(0x00 || commitment). `frontier` is one row, locked for
-- each append: size, and the roots of the perfect subtrees on the right edge, largest first.
--
-- Nobody but the owner may write, and the owner only by the functions below. The triggers guard
-- against our own mistakes and against scripts; who owns the server can still write what he likes,
-- which `maillon ledger verify`, the signed heads and the receipts that people hold then show.
CREATE SCHEMA ledger;
REVOKE ALL ON SCHEMA ledger FROM PUBLIC;

CREATE TABLE ledger.entry (
    index bigint PRIMARY KEY CHECK (index >= 0),
    commitment bytea NOT NULL CHECK (octet_length(commitment) = 32)
);
CREATE INDEX entry_commitment ON ledger.entry (commitment); -- where an act stands

CREATE TABLE ledger.node (
    last_entry bigint NOT NULL,
    level smallint NOT NULL CHECK (level BETWEEN 1 AND 62),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (last_entry, level),
    CHECK (last_entry > 0 AND (last_entry + 1) % (1::bigint << level) = 0)
);

CREATE TABLE ledger.frontier (
    size bigint NOT NULL CHECK (size >= 0),
    peaks bytea NOT NULL CHECK (octet_length(peaks) % 32 = 0),
    heads bigint NOT NULL CHECK (heads >= 0) -- how many were published
) WITH (fillfactor = 10); -- its new versions stay on the page
CREATE UNIQUE INDEX frontier_is_one_row ON ledger.frontier ((true));
INSERT INTO ledger.frontier (size, peaks, heads) VALUES (0, '', 0);

-- Signed tree heads, as published.
CREATE TABLE ledger.head (
    number bigint PRIMARY KEY CHECK (number > 0),
    size bigint NOT NULL UNIQUE CHECK (size > 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    at bigint NOT NULL, -- seconds since 1970, as signed
    signature bytea NOT NULL CHECK (octet_length(signature) = 64)
);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    -- Set by a restore that replaces what stands.
    IF current_setting('maillon.ledger_restore', true) = 'on' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'frontier' THEN
        IF NEW.size >= OLD.size AND NEW.heads >= OLD.heads
           AND NEW.size + NEW.heads > OLD.size + OLD.heads THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the ledger only grows: % of ledger.% is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.node
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER only_grows BEFORE UPDATE ON ledger.frontier
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER stays BEFORE DELETE OR TRUNCATE ON ledger.frontier
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

-- The root of the complete subtree of 2^wanted_level entries that is the place-th of its level.
CREATE FUNCTION ledger.subtree(wanted_level integer, place bigint) RETURNS bytea
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found bytea;
BEGIN
    IF wanted_level = 0 THEN
        SELECT sha256('\x00'::bytea || commitment) INTO found
            FROM ledger.entry WHERE index = place;
    ELSE
        SELECT hash INTO found FROM ledger.node
            WHERE last_entry = ((place + 1) << wanted_level) - 1 AND level = wanted_level;
    END IF;
    IF found IS NULL THEN
        RAISE EXCEPTION 'the ledger misses subtree % of level %', place, wanted_level
            USING ERRCODE = 'data_corrupted';
    END IF;
    RETURN found;
END
$$;

-- The root over subtrees that stand side by side, largest first.
CREATE FUNCTION ledger.fold(peaks bytea) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    at integer := octet_length(peaks) - 63; -- of the last but one
    hash bytea := substr(peaks, at + 32, 32);
BEGIN
    IF octet_length(peaks) = 0 THEN
        RETURN sha256('');
    END IF;
    WHILE at > 0 LOOP
        hash := sha256('\x01'::bytea || substr(peaks, at, 32) || hash);
        at := at - 32;
    END LOOP;
    RETURN hash;
END
$$;

-- The root over `count` entries from `first`, which is a multiple of a power of two >= count.
CREATE FUNCTION ledger.root_over(first bigint, count bigint) RETURNS bytea
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    peaks bytea := '';
    place bigint := first;
BEGIN
    FOR level IN REVERSE 62..0 LOOP
        IF count & (1::bigint << level) <> 0 THEN
            peaks := peaks || ledger.subtree(level, place >> level);
            place := place + (1::bigint << level);
        END IF;
    END LOOP;
    RETURN ledger.fold(peaks);
END
$$;

-- The inclusion proof of an entry in the tree of the first `tree_size` entries: what stands beside
-- its path, from the leaf upwards. At most one of these subtrees is not complete: the right edge.
CREATE FUNCTION ledger.proof_of(entry_index bigint, tree_size bigint) RETURNS bytea
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    proof bytea := '';
    level integer := 0;
    beside bigint;
BEGIN
    WHILE (1::bigint << level) < tree_size LOOP
        beside := (entry_index >> level) # 1;
        IF (beside + 1) << level <= tree_size THEN
            proof := proof || ledger.subtree(level, beside);
        ELSIF beside << level < tree_size THEN
            proof := proof || ledger.root_over(beside << level, tree_size - (beside << level));
        END IF;
        level := level + 1;
    END LOOP;
    RETURN proof;
END
$$;

-- Appends commitments of 32 bytes each, in order, and gives for each where it stands and what
-- proves it in the tree that ends with the last of them. The lock on the frontier is held until
-- the transaction ends: this is the last thing that a transaction does.
CREATE FUNCTION ledger.append(commitments bytea)
    RETURNS TABLE (index bigint, size bigint, root bytea, proof bytea)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    count integer := octet_length(commitments) / 32;
    first bigint;
    edge bytea;        -- the frontier's peaks
    edge_before bytea; -- as they stood before the last entry
    entry_index bigint;
    entry bytea;
    node_level smallint;
    node_hash bytea;
BEGIN
    IF count = 0 OR octet_length(commitments) % 32 <> 0 THEN
        RAISE EXCEPTION 'commitments have 32 bytes each' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT f.size, f.peaks INTO STRICT first, edge FROM ledger.frontier f FOR UPDATE;
    FOR i IN 0..count - 1 LOOP
        entry_index := first + i;
        entry := substr(commitments, i * 32 + 1, 32);
        INSERT INTO ledger.entry VALUES (entry_index, entry);
        edge_before := edge;
        node_level := 0;
        node_hash := sha256('\x00'::bytea || entry);
        WHILE (entry_index >> node_level) & 1 = 1 LOOP
            node_hash := sha256('\x01'::bytea || substr(edge, octet_length(edge) - 31) || node_hash);
            edge := substr(edge, 1, octet_length(edge) - 32);
            node_level := node_level + 1;
            INSERT INTO ledger.node VALUES (entry_index, node_level, node_hash);
        END LOOP;
        edge := edge || node_hash;
    END LOOP;
    size := first + count;
    root := ledger.fold(edge);
    UPDATE ledger.frontier f SET size = first + count, peaks = edge;
    FOR i IN 0..count - 2 LOOP
        index := first + i;
        proof := ledger.proof_of(first + i, first + count);
        RETURN NEXT;
    END LOOP;
    -- Beside the path of the last entry stand the peaks of the tree before it, smallest first: no
    -- row is read for the usual append of one.
    index := entry_index;
    proof := '';
    WHILE octet_length(edge_before) > 0 LOOP
        proof := proof || substr(edge_before, octet_length(edge_before) - 31);
        edge_before := substr(edge_before, 1, octet_length(edge_before) - 32);
    END LOOP;
    RETURN NEXT;
END
$$;

-- Size and root at present, and the size of the last published head (0: none).
CREATE FUNCTION ledger.standing(OUT size bigint, OUT root bytea, OUT published bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.size, ledger.fold(f.peaks),
           coalesce((SELECT h.size FROM ledger.head h ORDER BY h.number DESC LIMIT 1), 0)
    FROM ledger.frontier f
$$;

-- The present proof of an entry; no row when there is none of that index.
CREATE FUNCTION ledger.place_of(entry_index bigint)
    RETURNS TABLE (size bigint, root bytea, proof bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.size, ledger.fold(f.peaks), ledger.proof_of(entry_index, f.size)
    FROM ledger.frontier f WHERE entry_index >= 0 AND entry_index < f.size
$$;

-- Keeps a signed head. False when one of that size or a larger one is kept already. The signature
-- is verified by who reads it: the database has no Ed25519.
CREATE FUNCTION ledger.publish(head_size bigint, head_root bytea, signed_at bigint, signed bytea)
    RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    edge record;
BEGIN
    SELECT size, heads INTO STRICT edge FROM ledger.frontier FOR UPDATE;
    IF EXISTS (SELECT FROM ledger.head WHERE size >= head_size) THEN
        RETURN false;
    END IF;
    IF head_size < 1 OR head_size > edge.size
       OR ledger.root_over(0, head_size) <> head_root THEN
        RAISE EXCEPTION 'that is no head of this ledger' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO ledger.head VALUES (edge.heads + 1, head_size, head_root, signed_at, signed);
    UPDATE ledger.frontier SET heads = heads + 1;
    RETURN true;
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO maillon_door, maillon_follower, maillon_engine, maillon_operator;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger TO maillon_door, maillon_follower, maillon_engine, maillon_operator;
GRANT EXECUTE ON FUNCTION ledger.append(bytea), ledger.standing(), ledger.place_of(bigint)
    TO maillon_door, maillon_follower, maillon_engine, maillon_operator;
-- A head is for ever: it is signed by a job, not by who serves public pages.
GRANT EXECUTE ON FUNCTION ledger.publish(bigint, bytea, bigint, bytea)
    TO maillon_engine, maillon_operator;
