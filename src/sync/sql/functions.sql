-- functions.sql: what a hub does for its stations; made anew whenever it has changed.
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Those that act for others run as the owner and say themselves who may call them. The session's
-- user is the login; no station can change that. SQLSTATEs of our own are read by link-error.c:
-- CC001 not here yet, CC002 invitation, CC003 the name is taken, CC004 no such thing.

CREATE OR REPLACE FUNCTION hub.own_station () RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT substr (session_user, 3)
$$;

-- Whether the caller is paired in ROLE (any, when it is null) and not revoked.
CREATE OR REPLACE FUNCTION hub.is_let_in (wanted text DEFAULT NULL) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM hub.station
                 WHERE 's_' || id = session_user AND revoked_at IS NULL
                   AND (wanted IS NULL OR role = wanted))
$$;

-- The latest hybrid time that is taken: a day ahead of the hub's clock.
CREATE OR REPLACE FUNCTION hub.latest_hlc () RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT ((extract (epoch FROM clock_timestamp ()) * 1000)::bigint + 86400000) << 16
$$;

-- Whether all facts in NAMES are about SUBJECT and of KINDS; an undo counts as what it takes back,
-- a settle as what it decides between. Volatile, so that it sees the rows before it in the same
-- statement.
CREATE OR REPLACE FUNCTION hub.may_touch (names text[], about text, kinds text[], depth integer)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text;
  target record;
  further text[];
BEGIN
  IF coalesce (cardinality (names), 0) NOT BETWEEN 1 AND 500 OR depth > 20 THEN
    RETURN false;
  END IF;
  FOREACH name IN ARRAY names LOOP
    IF name IS NULL OR name !~ '^[0-9a-hjkmnp-tv-z]{10}-[1-9][0-9]{0,17}$' THEN
      RETURN false;
    END IF;
    SELECT f.kind, f.subject, f.replaces, f.body INTO target FROM hub.fact f
      WHERE f.station = substr (name, 1, 10) AND f.seq = substr (name, 12)::bigint;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the fact % is not here', name USING ERRCODE = 'CC001';
    END IF;
    IF NOT target.kind = ANY (kinds) OR target.subject IS DISTINCT FROM about THEN
      RETURN false;
    END IF;
    further := CASE target.kind WHEN 'undo' THEN ARRAY[target.replaces]
      WHEN 'settle' THEN string_to_array (target.body::jsonb ->> 'settles', ' ') END;
    IF target.kind IN ('undo', 'settle')
       AND NOT hub.may_touch (further, about, kinds, depth + 1) THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- How much of every station is here that the caller may read.
CREATE OR REPLACE FUNCTION hub.known () RETURNS TABLE (station text, n bigint, last bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.station, count (*), max (f.seq) FROM hub.fact f GROUP BY f.station
$$;

-- The hub's clock, which setting that of the computer does not change: what it is less the
-- computer's, as it was when that was less_boot ahead of the time since the computer was started.
CREATE TABLE IF NOT EXISTS hub.clock (
  one integer PRIMARY KEY CHECK (one = 1),
  boot text NOT NULL,
  less_boot bigint NOT NULL,
  correction bigint NOT NULL
);
ALTER TABLE hub.clock ENABLE ROW LEVEL SECURITY;

-- The computer's clock less the time since it was started, in microseconds. The kernel tells that in
-- hundredths of a second, so the answer is up to 10 ms too large, unless one waits for the next.
CREATE OR REPLACE FUNCTION hub.read_less_boot (exactly boolean) RETURNS bigint
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  first text := split_part (pg_read_file ('/proc/uptime'), ' ', 1);
  uptime text := first;
BEGIN
  FOR i IN 1 .. 100000 LOOP
    EXIT WHEN NOT exactly OR uptime <> first;
    uptime := split_part (pg_read_file ('/proc/uptime'), ' ', 1);
  END LOOP;
  RETURN ((extract (epoch FROM clock_timestamp ()) - uptime::numeric) * 1000000)::bigint;
END $$;

-- What is added to the computer's clock. A clock that was set moved by more than 20 ms at once. A
-- server that somebody else runs may not let its files be read: then its clock is taken as it is.
CREATE OR REPLACE FUNCTION hub.clock_correction () RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  this_boot text;
  moved bigint;
  known hub.clock;
BEGIN
  this_boot := pg_read_file ('/proc/sys/kernel/random/boot_id');
  SELECT * INTO known FROM hub.clock;
  IF known.boot = this_boot
     AND hub.read_less_boot (false) - known.less_boot BETWEEN -5000 AND 20000 THEN
    RETURN known.correction;
  END IF;
  PERFORM pg_advisory_xact_lock (hashtext ('hub.clock'));
  SELECT * INTO known FROM hub.clock;
  moved := hub.read_less_boot (true) - known.less_boot;
  IF known.boot = this_boot AND moved BETWEEN -5000 AND 20000 THEN
    RETURN known.correction;
  END IF;
  INSERT INTO hub.clock AS c VALUES (1, this_boot, hub.read_less_boot (true), 0)
    ON CONFLICT (one) DO UPDATE SET boot = this_boot, less_boot = excluded.less_boot,
      correction = CASE WHEN c.boot = this_boot
        THEN c.correction - (excluded.less_boot - c.less_boot) ELSE 0 END
    RETURNING c.correction INTO known.correction;
  RETURN known.correction;
EXCEPTION WHEN insufficient_privilege OR undefined_file THEN
  RETURN 0;
END $$;

-- For the laptop that hosts: the hub's clock begins where its station's is, so that a laptop that
-- takes over goes on with the clock of the hub before it.
CREATE OR REPLACE FUNCTION hub.begin_clock (first_correction bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO hub.clock AS c VALUES (1, pg_read_file ('/proc/sys/kernel/random/boot_id'),
                                     hub.read_less_boot (true), first_correction)
    ON CONFLICT (one) DO UPDATE SET boot = excluded.boot, less_boot = excluded.less_boot,
      correction = excluded.correction WHERE c.boot <> excluded.boot
$$;

-- Keeps what a station says of itself; answers the hub's clock in microseconds. Now and then it
-- also ends transactions that a station left open, because they keep new facts from the others.
CREATE OR REPLACE FUNCTION hub.beat (status text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  correction bigint := hub.clock_correction ();
  began timestamptz := clock_timestamp ();
BEGIN
  IF NOT hub.is_let_in () THEN
    RAISE EXCEPTION 'not a station' USING ERRCODE = '42501';
  END IF;
  INSERT INTO hub.alive AS a VALUES (hub.own_station (), began, beat.status)
    ON CONFLICT (station) DO UPDATE SET at = excluded.at, status = excluded.status;
  IF random () < 0.2 THEN
    PERFORM pg_terminate_backend (pid) FROM pg_stat_activity
      WHERE datname = current_database () AND usename ~ '^[si]_' AND pid <> pg_backend_pid ()
        AND xact_start < clock_timestamp () - interval '25 s';
  END IF;
  RETURN (extract (epoch FROM began) * 1000000)::bigint + correction;
END $$;

-- A login with the verifier of its password, in one group; made or changed.
CREATE OR REPLACE FUNCTION hub.make_login (login text, grp text, verifier text, valid_until text)
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  member text;
BEGIN
  IF verifier !~ '^SCRAM-SHA-256\$[0-9]{4,6}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=$'
  THEN
    RAISE EXCEPTION 'not a verifier' USING ERRCODE = '22023';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
    EXECUTE format ('CREATE ROLE %I', login);
  END IF;
  EXECUTE format ('ALTER ROLE %I LOGIN INHERIT CONNECTION LIMIT 6 PASSWORD %L VALID UNTIL %L',
                  login, verifier, valid_until);
  EXECUTE format ('ALTER ROLE %I SET statement_timeout = ''20s''', login);
  EXECUTE format ('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''3s''', login);
  FOR member IN SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
      JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = login AND g.rolname <> grp LOOP
    EXECUTE format ('REVOKE %I FROM %I', member, login);
  END LOOP;
  EXECUTE format ('GRANT %I TO %I', grp, login);
END $$;

-- Ends a login for good and its sessions at once.
CREATE OR REPLACE FUNCTION hub.end_login (login text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN
    RETURN;
  END IF;
  EXECUTE format ('ALTER ROLE %I NOLOGIN PASSWORD NULL', login);
  BEGIN
    PERFORM pg_terminate_backend (pid) FROM pg_stat_activity
      WHERE usename = login AND pid <> pg_backend_pid ();
  EXCEPTION WHEN insufficient_privilege THEN
    -- A managed server may not let us; the policies keep the session from everything.
    NULL;
  END;
END $$;

-- Lets a station in. The way of whoever makes the hub; others come by an invitation.
CREATE OR REPLACE FUNCTION hub.admit (station text, role text, name text, verifier text,
                                      parent text, replace boolean)
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF role NOT IN ('organizer', 'check-in', 'timing', 'display') THEN
    RAISE EXCEPTION 'no such role' USING ERRCODE = '22023';
  END IF;
  IF EXISTS (SELECT FROM hub.station s WHERE s.id = admit.station) THEN
    IF NOT replace THEN
      RAISE EXCEPTION 'the name is taken' USING ERRCODE = 'CC003';
    END IF;
    UPDATE hub.station s SET role = admit.role, name = admit.name, verifier = admit.verifier,
      revoked_at = NULL, changed = nextval ('hub.change') WHERE s.id = admit.station;
  ELSE
    INSERT INTO hub.station (id, role, name, verifier, parent)
      VALUES (station, role, name, verifier, parent);
  END IF;
  PERFORM hub.make_login ('s_' || station, 'cc_@RACE@_' || role, verifier, 'infinity');
END $$;

-- Organizers: an invitation for one station, once, for MINUTES.
CREATE OR REPLACE FUNCTION hub.invite (name text, role text, verifier text, sealed text,
                                       minutes integer) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  old text;
  expires timestamptz := clock_timestamp () + make_interval (mins => minutes);
BEGIN
  IF NOT hub.is_let_in ('organizer') THEN
    RAISE EXCEPTION 'not an organizer' USING ERRCODE = '42501';
  END IF;
  IF minutes NOT BETWEEN 1 AND 44640 OR role NOT IN ('organizer', 'check-in', 'timing', 'display')
  THEN
    RAISE EXCEPTION 'no such invitation' USING ERRCODE = '22023';
  END IF;
  FOR old IN DELETE FROM hub.invitation i WHERE i.expires_at < clock_timestamp () - interval '1 h'
             RETURNING i.name LOOP
    PERFORM hub.end_login (old);
    EXECUTE format ('DROP ROLE IF EXISTS %I', old);
  END LOOP;
  INSERT INTO hub.invitation (name, role, sealed, created_by, expires_at)
    VALUES (name, role, sealed, hub.own_station (), expires);
  PERFORM hub.make_login (name, 'cc_@RACE@_invited', verifier, expires::text);
  RETURN expires;
END $$;

-- The invitation of the caller, locked, if it still counts.
CREATE OR REPLACE FUNCTION hub.own_invitation (token text) RETURNS hub.invitation
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found_one hub.invitation;
BEGIN
  SELECT * INTO found_one FROM hub.invitation i WHERE i.name = session_user FOR UPDATE;
  IF NOT FOUND OR found_one.expires_at < clock_timestamp ()
     OR found_one.claim <> encode (sha256 (convert_to (token, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'the invitation does not count' USING ERRCODE = 'CC002';
  END IF;
  RETURN found_one;
END $$;

-- The first who claims an invitation has it; TOKEN lets the same one ask again after the line broke.
CREATE OR REPLACE FUNCTION hub.claim (token text)
RETURNS TABLE (role text, sealed text, race_id text, race_name text, hub_id text, version integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine hub.invitation;
BEGIN
  IF octet_length (token) NOT BETWEEN 20 AND 200 THEN
    RAISE EXCEPTION 'not a token' USING ERRCODE = '22023';
  END IF;
  mine := hub.own_invitation (token);
  UPDATE hub.invitation i SET claim = encode (sha256 (convert_to (token, 'UTF8')), 'hex')
    WHERE i.name = mine.name;
  RETURN QUERY SELECT mine.role, mine.sealed, m.race_id, m.race_name, m.hub_id, m.version
    FROM hub.meta m;
END $$;

-- The claimed invitation becomes a station. Nobody gets the name of another one in this way.
CREATE OR REPLACE FUNCTION hub.pair (token text, station text, name text, verifier text)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine hub.invitation := hub.own_invitation (token);
BEGIN
  IF mine.claim IS NULL OR mine.used_by <> station THEN
    RAISE EXCEPTION 'the invitation is used' USING ERRCODE = 'CC002';
  END IF;
  IF mine.used_by IS NULL
     AND (EXISTS (SELECT FROM hub.fact f WHERE f.station = pair.station)
          OR EXISTS (SELECT FROM hub.relay r WHERE r.station = pair.station)) THEN
    RAISE EXCEPTION 'the name is taken' USING ERRCODE = 'CC003';
  END IF;
  PERFORM hub.admit (station, mine.role, name, verifier, NULL, mine.used_by IS NOT NULL);
  UPDATE hub.invitation i SET used_by = pair.station WHERE i.name = mine.name;
END $$;

-- A station whose file was copied lets the copy in under a name of its own, in the same role.
CREATE OR REPLACE FUNCTION hub.split (station text, verifier text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mine hub.station;
BEGIN
  SELECT * INTO mine FROM hub.station s WHERE s.id = hub.own_station () AND s.revoked_at IS NULL;
  IF NOT FOUND OR (SELECT count (*) FROM hub.station s WHERE s.parent = mine.id) >= 20 THEN
    RAISE EXCEPTION 'not a station' USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT FROM hub.fact f WHERE f.station = split.station) THEN
    RAISE EXCEPTION 'the name is taken' USING ERRCODE = 'CC003';
  END IF;
  -- Asked again after the line broke: the same child with a new password.
  PERFORM hub.admit (station, mine.role, mine.name, verifier, mine.id,
                     EXISTS (SELECT FROM hub.station s WHERE s.id = split.station
                             AND s.parent = mine.id AND s.revoked_at IS NULL));
END $$;

-- Organizers: ends a station and what split off from it, or an invitation. Answers the ids.
CREATE OR REPLACE FUNCTION hub.revoke (wanted text) RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  each text;
  n integer := 0;
BEGIN
  IF NOT hub.is_let_in ('organizer') THEN
    RAISE EXCEPTION 'not an organizer' USING ERRCODE = '42501';
  END IF;
  IF wanted = hub.own_station () THEN
    RAISE EXCEPTION 'a station does not revoke itself' USING ERRCODE = '42501';
  END IF;
  FOR each IN DELETE FROM hub.invitation i WHERE i.name = wanted RETURNING i.name LOOP
    PERFORM hub.end_login (each);
    EXECUTE format ('DROP ROLE IF EXISTS %I', each);
    n := n + 1;
    RETURN NEXT each;
  END LOOP;
  FOR each IN WITH RECURSIVE gone (id) AS (
                SELECT s.id FROM hub.station s WHERE s.id = wanted
                UNION SELECT s.id FROM hub.station s JOIN gone g ON s.parent = g.id
                  WHERE s.id <> hub.own_station ())
              UPDATE hub.station s SET revoked_at = coalesce (s.revoked_at, clock_timestamp ()),
                changed = nextval ('hub.change')
              FROM gone g WHERE g.id = s.id RETURNING s.id LOOP
    PERFORM hub.end_login ('s_' || each);
    n := n + 1;
    RETURN NEXT each;
  END LOOP;
  IF n = 0 THEN
    RAISE EXCEPTION 'no such station' USING ERRCODE = 'CC004';
  END IF;
END $$;

-- A hint that there is something new; nothing is read from it.
CREATE OR REPLACE FUNCTION hub.hint () RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added) THEN
    PERFORM pg_notify ('hub', '');
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER fact_hint AFTER INSERT ON hub.fact
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hub.hint ();
CREATE OR REPLACE TRIGGER relay_hint AFTER INSERT ON hub.relay
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION hub.hint ();

REVOKE ALL ON SCHEMA hub FROM public;
REVOKE ALL ON ALL TABLES IN SCHEMA hub FROM public;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA hub FROM public;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub FROM public;
