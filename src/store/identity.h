/* identity.h: who this copy of the race is: its station, role, keys, and how far the exchange is.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "store/race-file.h"

G_BEGIN_DECLS

/* Names of secrets, which are kept in the race file and are never facts. */
#define CONC_SECRET_PRIVATE_KEY "private-key"         /* 32 bytes: seals private bodies */
#define CONC_SECRET_HUB_KEY "hub-key"                 /* PEM, organizers only */
#define CONC_SECRET_HUB_CERTIFICATE "hub-certificate" /* PEM: what this station trusts */
#define CONC_SECRET_PASSWORD "login-password"         /* of this station at the hub */

/* Keys of the state of the exchange; losing it costs time, never facts. */
#define CONC_SYNC_HUB "hub"       /* HOST:PORT or a postgresql:// address without password */
#define CONC_SYNC_HUB_ID "hub-id" /* changes when a hub begins anew */
#define CONC_SYNC_CURSOR "cursor" /* how far was pulled from it */
#define CONC_SYNC_LOGIN "login"   /* the station as which this file last logged in at the hub */
#define CONC_SYNC_PUSHED "pushed" /* own facts up to this number are at the hub */
#define CONC_SYNC_NAME "name"     /* what people call this station */
#define CONC_SYNC_CLOCK "clock"   /* of this station, as conc_anchor_to_text() gives it */
#define CONC_SYNC_PEERS "peers"   /* JSON: the stations as last heard, and their addresses */

/* What a new station begins with; made by pairing. @key has 32 bytes. */
typedef struct
{
  const char *race_id;
  GBytes     *key;
  ConcRole    role;
  const char *station_name;
} ConcIdentity;

ConcRaceFile *conc_race_file_create_joined (const char         *path,
                                            const ConcIdentity *identity,
                                            ConcClock          *clock,
                                            GError            **error);

/* Short reads; any thread that has a reader. */
ConcRole conc_race_file_get_role (ConcRaceFile *file);
GBytes  *conc_race_file_dup_secret (ConcRaceFile *file, const char *name, GError **error);
char    *conc_race_file_dup_sync (ConcRaceFile *file, const char *key, GError **error);

/* Wait for the disk. @value NULL removes. */
gboolean
conc_race_file_set_secret (ConcRaceFile *file, const char *name, GBytes *value, GError **error);
gboolean
conc_race_file_set_sync (ConcRaceFile *file, const char *key, const char *value, GError **error);

/* Appends a fact of this station that no command makes: "station", "station.login". */
gboolean conc_race_file_append (ConcRaceFile *file,
                                ConcKind      kind,
                                const char   *subject,
                                ConcBody     *body,
                                GError      **error);

/* Two copies of one file wrote under one name: this one takes a new name, and its own facts from
 * @first on, which the hub has with another content, get it too, where they are subjects or are
 * replaced as well. Nothing is lost. Also without @first (unset): only the name changes. */
gboolean
conc_race_file_rename_station (ConcRaceFile *file, const ConcFactId *first, GError **error);

G_END_DECLS
