/* pack-private.h: the form of a pack, which its writer and its reader share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "sync/pack.h"

#include <stdio.h>

G_BEGIN_DECLS

/* A pack is a header in the clear: magic, version, a hash that tells races apart; then a
 * secretstream of chunks of 64 KiB, the last of which is shorter and says that it is the last. The
 * header is authenticated with every chunk. */
#define CONC_PACK_MAGIC "CONCPACK"
#define CONC_PACK_MAGIC_BYTES 8
#define CONC_PACK_VERSION 1
#define CONC_PACK_RACE_BYTES 16
#define CONC_PACK_HEADER_BYTES (CONC_PACK_MAGIC_BYTES + 1 + CONC_PACK_RACE_BYTES)
#define CONC_PACK_CHUNK_BYTES 65536

/* No race is so large; a pack beyond that is read by nobody. */
#define CONC_PACK_MAX_BYTES (G_GINT64_CONSTANT (512) * 1024 * 1024)
#define CONC_PACK_MAX_FACTS 1000000
#define CONC_PACK_MAX_LINE_BYTES (4 * CONC_BODY_MAX_BYTES)

void    conc_pack_make_header (const char *race_id, guint8 *ret_header);
GBytes *conc_pack_derive_key (ConcRaceFile *file, GError **error);

typedef enum
{
  CONC_PACK_OF_RACE,
  CONC_PACK_OF_OTHER_RACE,
  CONC_PACK_NEWER,
  CONC_PACK_NONE /* no pack, or no file */
} ConcPackSort;

FILE        *conc_pack_open (const char *path, gint64 *ret_size);
ConcPackSort conc_pack_read_header (FILE *stream, const char *race_id);

/* What the chunks hold, a JSON object a line: first who made the pack, then facts. */
typedef struct
{
  const char *race_id;
  ConcRole    role;
  GBytes     *private_key; /* NULL when this station has none */
  gint64      latest_usec; /* facts dated later are not taken */
  gboolean    has_head;
  char        station[CONC_STATION_ID_LENGTH + 1];
  GPtrArray  *facts;
  guint       n_withheld;
  guint       n_ahead;
} ConcPackContent;

void conc_pack_append_head (GString *lines, const char *race_id, const char *station);
gboolean
conc_pack_append_fact (GString *lines, const ConcFact *fact, GBytes *private_key, GError **error);
gboolean conc_pack_content_add_line (ConcPackContent *content,
                                     const char      *line,
                                     gsize            length,
                                     GError         **error);

G_END_DECLS
