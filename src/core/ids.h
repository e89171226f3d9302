/* ids.h: names of stations, facts and subjects. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A station's name is ten characters of Crockford's base 32 in lower case: 50 random bits. */
#define CONC_STATION_ID_LENGTH 10
#define CONC_SUBJECT_MAX_BYTES 200

/* Text that names a fact: "7f3k9m2q4x-17", station and sequence number. */
typedef struct
{
  char   station[CONC_STATION_ID_LENGTH + 1];
  gint64 seq;
} ConcFactId;

char    *conc_id_from_bytes (const guint8 *bytes, gsize n_bytes, guint n_chars);
gboolean conc_station_id_is_valid (const char *text);
gboolean conc_fact_id_parse (const char *text, ConcFactId *ret_id);
char    *conc_fact_id_to_text (const ConcFactId *id);
gboolean conc_fact_id_is_set (const ConcFactId *id);
gboolean conc_fact_id_equal (const ConcFactId *a, const ConcFactId *b);
char    *conc_subject_of_registration (const char *race_id, const char *natural_key);
char    *conc_subject_of_gift (const char *race_id, const char *natural_key);

G_END_DECLS
