-- For tests, by the owner of the tables: changes what lies in the ledger.
CREATE SCHEMA tampering;

-- Who tampers does not mind the constraints.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT conrelid::regclass AS of_table, conname FROM pg_constraint
                 WHERE connamespace = 'ledger'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.of_table, found.conname);
    END LOOP;
END
$$;

-- One bit of a number, or the lowest bit of one byte, of the row-th row (from 0).
CREATE PROCEDURE tampering.change(which text, col text, row_number integer, place integer)
LANGUAGE plpgsql AS $$
DECLARE
    kind text := (SELECT data_type FROM information_schema.columns WHERE table_schema = 'ledger'
                  AND table_name = which AND column_name = col);
    changed text := CASE kind
        WHEN 'bytea' THEN format('set_byte(%1$I, %2$s, get_byte(%1$I, %2$s) # 1)', col, place)
        ELSE format('(%1$I::bigint # (1::bigint << %2$s))::%3$s', col, place, kind) END;
    touched integer;
BEGIN
    EXECUTE format('UPDATE ledger.%1$I SET %2$I = %3$s WHERE ctid = '
                   '(SELECT t.ctid FROM ledger.%1$I t ORDER BY t OFFSET %4$s LIMIT 1)',
                   which, col, changed, row_number);
    GET DIAGNOSTICS touched = ROW_COUNT;
    ASSERT touched = 1, 'that row is there';
END
$$;

-- Cuts a byte of the end.
CREATE PROCEDURE tampering.shorten(which text, col text, row_number integer)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE ledger.%1$I SET %2$I = substr(%2$I, 1, octet_length(%2$I) - 1) '
                   'WHERE ctid = (SELECT t.ctid FROM ledger.%1$I t ORDER BY t OFFSET %3$s LIMIT 1)',
                   which, col, row_number);
END
$$;

CREATE PROCEDURE tampering.remove(which text, row_number integer) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('DELETE FROM ledger.%1$I WHERE ctid = '
                   '(SELECT t.ctid FROM ledger.%1$I t ORDER BY t OFFSET %2$s LIMIT 1)',
                   which, row_number);
END
$$;

-- Everything but the key.
CREATE PROCEDURE tampering.swap_entries(a bigint, b bigint) LANGUAGE sql AS $$
    UPDATE ledger.entry SET index = a + b - index WHERE index IN (a, b);
$$;
CREATE PROCEDURE tampering.swap_heads(a bigint, b bigint) LANGUAGE sql AS $$
    UPDATE ledger.head SET number = a + b - number WHERE number IN (a, b);
$$;

-- As if the log had never had more than so many entries; its heads are left, or cut too.
CREATE PROCEDURE tampering.roll_back(to_size bigint, heads_too boolean) LANGUAGE plpgsql AS $$
DECLARE
    edge bytea := '';
    place bigint := 0;
BEGIN
    FOR level IN REVERSE 62..0 LOOP
        IF to_size & (1::bigint << level) <> 0 THEN
            edge := edge || ledger.subtree(level, place >> level);
            place := place + (1::bigint << level);
        END IF;
    END LOOP;
    DELETE FROM ledger.entry WHERE index >= to_size;
    DELETE FROM ledger.node WHERE last_entry >= to_size;
    UPDATE ledger.frontier SET size = to_size, peaks = edge;
    IF heads_too THEN
        DELETE FROM ledger.head WHERE size > to_size;
    END IF;
END
$$;

-- A commitment changed, with every hash that rests on it made anew: only the heads tell.
CREATE PROCEDURE tampering.rewrite(from_index bigint) LANGUAGE plpgsql AS $$
DECLARE
    kept bytea[] := ARRAY(SELECT commitment FROM ledger.entry ORDER BY index);
BEGIN
    kept[from_index + 1] := set_byte(kept[from_index + 1], 0, 255 - get_byte(kept[from_index + 1], 0));
    DELETE FROM ledger.entry;
    DELETE FROM ledger.node;
    UPDATE ledger.frontier SET size = 0, peaks = '';
    FOR i IN 1..array_length(kept, 1) LOOP
        PERFORM ledger.append(kept[i]);
    END LOOP;
END
$$;

CREATE PROCEDURE tampering.empty(which text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('TRUNCATE ledger.%I', which);
END
$$;
