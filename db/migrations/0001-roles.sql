-- Who may do what. Every process of ours logs in as one role, which owns the tables, and speaks as
-- one of four roles that may do less (SET ROLE): later migrations grant them their tables, and take
-- each function they make from PUBLIC. (Not by ALTER DEFAULT PRIVILEGES, which names the login role
-- in a backup, and a backup may be restored where that has another name.)
--   maillon_door      public pages: what the intake needs
--   maillon_follower  follow-up space: sees one declaration, that of the setting maillon.declaration
--   maillon_engine    reads declarations, writes groups
--   maillon_operator  jobs and commands of an administrator
-- Roles belong to the whole server: another database of it may have made them already, or be
-- making them at this moment.
DO $$
DECLARE
    wanted text;
    is_superuser boolean := (SELECT rolsuper FROM pg_roles WHERE rolname = current_user);
    attempts integer;
BEGIN
    FOREACH wanted IN ARRAY
        ARRAY['maillon_door', 'maillon_follower', 'maillon_engine', 'maillon_operator']
    LOOP
        attempts := 0;
        LOOP
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
                    EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
                END IF;
                -- A superuser may speak as anyone.
                IF NOT is_superuser AND NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
                    EXECUTE format('GRANT %I TO %I', wanted, current_user);
                END IF;
                EXIT;
            EXCEPTION
                -- The other database's row came first: "tuple concurrently updated" is
                -- internal_error.
                WHEN duplicate_object OR unique_violation OR internal_error THEN
                    attempts := attempts + 1;
                    IF attempts = 20 THEN
                        RAISE;
                    END IF;
                WHEN insufficient_privilege THEN
                    RAISE EXCEPTION USING MESSAGE = format(
                        'role %1$I may not create or grant roles. A superuser of the server runs: '
                        'CREATE ROLE maillon_door NOLOGIN; CREATE ROLE maillon_follower NOLOGIN; '
                        'CREATE ROLE maillon_engine NOLOGIN; CREATE ROLE maillon_operator NOLOGIN; '
                        'GRANT maillon_door, maillon_follower, maillon_engine, maillon_operator '
                        'TO %1$I;',
                        current_user);
            END;
        END LOOP;
    END LOOP;
END
$$;

DO $$
BEGIN
    IF NOT has_database_privilege(current_database(), 'CREATE')
       OR NOT has_schema_privilege('public', 'CREATE') THEN
        RAISE EXCEPTION USING MESSAGE = format(
            'role %1$I may not create tables. A superuser of the server runs: '
            'ALTER DATABASE %2$I OWNER TO %1$I;',
            current_user, current_database());
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public
    TO maillon_door, maillon_follower, maillon_engine, maillon_operator;

-- Keys that make evidence and personal data readable; saved apart from all else. Nothing outside
-- refers to its tables (no foreign key, no view), so that each part of a backup is restored alone.
CREATE SCHEMA IF NOT EXISTS keys;
REVOKE ALL ON SCHEMA keys FROM PUBLIC;
