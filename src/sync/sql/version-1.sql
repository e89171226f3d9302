-- version-1.sql: the tables of a hub, version 1.
-- SPDX-License-Identifier: GPL-3.0-or-later
CREATE SCHEMA hub;

CREATE TABLE hub.meta (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  version integer NOT NULL,
  hub_id text NOT NULL,
  race_id text NOT NULL,
  race_name text NOT NULL,
  rules text NOT NULL DEFAULT ''
);

-- Who may log in. CHANGED grows with every change, so that organizers see what is new.
CREATE SEQUENCE hub.change;
CREATE TABLE hub.station (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-hjkmnp-tv-z]{10}$'),
  role text NOT NULL,
  name text NOT NULL CHECK (octet_length (name) BETWEEN 1 AND 200),
  verifier text NOT NULL,
  parent text,
  paired_at timestamptz NOT NULL DEFAULT clock_timestamp (),
  revoked_at timestamptz,
  changed bigint NOT NULL DEFAULT nextval ('hub.change')
);

-- The log. Its order for readers is that of the transactions, then of the positions.
CREATE TABLE hub.fact (
  position bigint GENERATED ALWAYS AS IDENTITY,
  txid xid8 NOT NULL DEFAULT pg_current_xact_id (),
  station text NOT NULL CHECK (station ~ '^[0-9a-hjkmnp-tv-z]{10}$'),
  seq bigint NOT NULL CHECK (seq > 0),
  hlc bigint NOT NULL CHECK (hlc >= 0),
  kind text NOT NULL CHECK (octet_length (kind) BETWEEN 1 AND 40),
  subject text NOT NULL CHECK (octet_length (subject) BETWEEN 1 AND 200),
  replaces text CHECK (octet_length (replaces) <= 40),
  operator text CHECK (octet_length (operator) <= 400),
  body text NOT NULL CHECK (octet_length (body) <= 131072),
  brought_by text NOT NULL DEFAULT substr (session_user, 3),
  at timestamptz NOT NULL DEFAULT clock_timestamp (),
  PRIMARY KEY (station, seq)
);
CREATE UNIQUE INDEX fact_in_order ON hub.fact (txid, position);

-- What stations that are no organizers bring of others; an organizer looks at it.
CREATE TABLE hub.relay (
  station text NOT NULL CHECK (station ~ '^[0-9a-hjkmnp-tv-z]{10}$'),
  seq bigint NOT NULL CHECK (seq > 0),
  hlc bigint NOT NULL CHECK (hlc >= 0),
  kind text NOT NULL CHECK (octet_length (kind) BETWEEN 1 AND 40),
  subject text NOT NULL CHECK (octet_length (subject) BETWEEN 1 AND 200),
  replaces text CHECK (octet_length (replaces) <= 40),
  operator text CHECK (octet_length (operator) <= 400),
  body text NOT NULL CHECK (octet_length (body) <= 131072),
  brought_by text NOT NULL DEFAULT substr (session_user, 3),
  at timestamptz NOT NULL DEFAULT clock_timestamp (),
  PRIMARY KEY (station, seq, brought_by)
);

-- What stations say of themselves every second; it may be lost.
CREATE UNLOGGED TABLE hub.alive (
  station text PRIMARY KEY,
  at timestamptz NOT NULL,
  status text NOT NULL CHECK (octet_length (status) <= 4096)
) WITH (fillfactor = 50);

-- The hub never sees the code of an invitation: SEALED opens with it only.
CREATE TABLE hub.invitation (
  name text PRIMARY KEY CHECK (name ~ '^i_[0-9a-hjkmnp-tv-z]{16}$'),
  role text NOT NULL,
  sealed text NOT NULL CHECK (octet_length (sealed) <= 65536),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp (),
  expires_at timestamptz NOT NULL,
  claim text,
  used_by text
);

ALTER TABLE hub.meta ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.station ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.relay ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.alive ENABLE ROW LEVEL SECURITY;
ALTER TABLE hub.invitation ENABLE ROW LEVEL SECURITY;
