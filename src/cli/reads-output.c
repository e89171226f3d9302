/* reads-output.c: shows what became of the lines of readers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reads-output.h"

#include "cli/output.h"
#include "core/race-time.h"

#define TIME_CELLS 18
#define TAG_CELLS 14
#define BIB_CELLS 8

static void
append_number (GString *json, const char *key, guint number)
{
  if (number > 0)
    conc_json_member_int (json, key, number);
  else
    conc_json_member_null (json, key);
}

static void
append_time (GString *json, const char *key, gint64 usec, GTimeZone *zone)
{
  if (usec != CONC_NO_TIME)
    conc_json_member_time (json, key, usec, zone);
  else
    conc_json_member_null (json, key);
}

/** conc_reads_append_json: one object; times have the full resolution of their source. */
void
conc_reads_append_json (GString *json, const ConcReadRow *row, GTimeZone *zone)
{
  conc_json_next (json);
  g_string_append_c (json, '{');
  conc_json_member_text (json, "read", row->name);
  conc_json_member_text (json, "stream", row->stream);
  append_time (json, "time", row->at_usec, zone);
  append_time (json, "source_time", row->source_usec, zone);
  conc_json_member_text (json, "tag", row->tag);
  append_number (json, "bib", row->bib);
  append_number (json, "position", row->position);
  append_number (json, "antenna", row->antenna);
  if (row->strength != CONC_READ_NO_STRENGTH)
    conc_json_member_int (json, "strength", row->strength);
  else
    conc_json_member_null (json, "strength");
  conc_json_member_text (json, "outcome", conc_read_outcome_get_name (row->outcome));
  conc_json_member_bool (json, "counts", row->outcome < CONC_READ_OUTCOME_REPEAT);
  conc_json_member_text (json, "reason", row->reason);
  conc_json_member_text (json, "raw", row->raw);
  g_string_append_c (json, '}');
}

/** conc_reads_print: one line for people. */
void
conc_reads_print (const ConcReadRow *row, GTimeZone *zone)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *time = row->at_usec != CONC_NO_TIME
                              ? conc_time_format_clock (row->at_usec, zone, -1)
                              : g_strdup ("-");
  g_autofree char *bib = row->bib > 0 ? g_strdup_printf ("%u", row->bib) : g_strdup ("-");

  conc_append_column (line, time, TIME_CELLS);
  conc_append_column (line, row->tag != NULL ? row->tag : "-", TAG_CELLS);
  conc_append_column (line, bib, BIB_CELLS);
  g_string_append (line, conc_read_outcome_get_label (row->outcome));
  if (row->reason != NULL)
    g_string_append_printf (line, ": %s [%s]", row->reason, row->raw);
  conc_print_line (line);
}
