/* verb-ladder.c: taps and bibs side by side, and what is suspected of them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"
#include "store/reader-ladder.h"

#include <glib/gi18n-lib.h>

#define PLACE_COLUMN 6
#define TIME_COLUMN 14
#define BIB_COLUMN 8

static void
append_time (GString *json, const char *key, gint64 usec, GTimeZone *zone)
{
  if (usec > 0)
    conc_json_member_time (json, key, usec, zone);
  else
    conc_json_member_null (json, key);
}

/* ------------------------------------------------------------- suspicions */

static void
append_order (GString *json, const ConcLadderDoubt *doubt, GTimeZone *zone)
{
  const ConcRepairOrder *order = doubt->order;

  conc_json_key (json, "repair");
  g_string_append_c (json, '{');
  conc_json_member_text (json, "kind", conc_ladder_repair_to_text (order->kind));
  conc_json_member_text (json, "sentence", doubt->repair);
  conc_json_member_text (json, "tap", order->tap);
  conc_json_member_text (json, "entry", order->entry);
  conc_json_member_text (json, "last_entry", order->last_entry);
  if (order->kind == CONC_LADDER_OFFSET_SECOND)
    conc_json_member_int (json, "by_usec", order->at_usec);
  else
    append_time (json, "time", order->at_usec, zone);
  conc_json_member_int (json, "bib", order->bib);
  conc_json_member_int (json, "count", order->count);
  g_string_append_c (json, '}');
}

static void
append_doubt (GString *json, const ConcLadderDoubt *doubt, GTimeZone *zone)
{
  g_string_append_c (json, '{');
  conc_json_member_text (json, "id", doubt->id);
  conc_json_member_text (json, "kind", conc_ladder_kind_to_text (doubt->kind));
  conc_json_member_int (json, "place", doubt->place);
  conc_json_member_int (json, "last_place", doubt->last_place);
  conc_json_member_int (json, "certainty", doubt->certainty_percent);
  conc_json_member_text (json, "reason", doubt->reasons);
  conc_json_member_text (json, "sentence", doubt->sentence);
  if (doubt->order != NULL)
    append_order (json, doubt, zone);
  else
    conc_json_member_null (json, "repair");
  g_string_append_c (json, '}');
}

/* An array with one object a line. */
static void
print_doubts_json (const GPtrArray *doubts, GTimeZone *zone)
{
  conc_print (doubts->len > 0 ? "[\n" : "[", doubts->len > 0 ? 2 : 1);
  for (guint i = 0; i < doubts->len; i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      append_doubt (json, g_ptr_array_index (doubts, i), zone);
      g_string_append (json, i + 1 < doubts->len ? "," : "");
      conc_print_line (json);
    }
  conc_print ("]\n", 2);
}

static void
print_doubts (const GPtrArray *doubts)
{
  g_autoptr (GString) none = g_string_new (NULL);

  for (guint i = 0; i < doubts->len; i++)
    {
      const ConcLadderDoubt *doubt = g_ptr_array_index (doubts, i);
      g_autoptr (GString) line = g_string_new (NULL);

      g_string_append_printf (line, "%s [%s]", doubt->sentence, doubt->id);
      conc_print_line (line);
      if (doubt->repair == NULL)
        continue;
      g_string_printf (line, "  %s", doubt->repair);
      conc_print_line (line);
    }
  if (doubts->len > 0)
    return;
  g_string_append (none, _ ("Nothing is suspected."));
  conc_print_line (none);
}

/* ------------------------------------------------------------- rows */

static void
append_row (GString *json, const ConcLadderLine *line, GTimeZone *zone)
{
  g_string_append_c (json, '{');
  conc_json_member_int (json, "place", line->place);
  append_time (json, "time", line->at_usec, zone);
  conc_json_member_text (json, "tap", line->tap);
  conc_json_member_text (json, "entry", line->entry);
  append_time (json, "entry_time", line->entry_usec, zone);
  conc_json_member_int (json, "chute_place", line->chute_place);
  conc_json_member_int (json, "bib", line->bib);
  conc_json_member_int (json, "standing_bib", line->standing_bib);
  conc_json_member_text (json, "name", line->runner_name);
  conc_json_member_bool (json, "linked", line->is_linked);
  conc_json_member_bool (json, "waits", line->waits);
  if (line->has_second)
    conc_json_member_int (json, "second_usec", line->second_usec);
  else
    conc_json_member_null (json, "second_usec");
  g_string_append_c (json, '}');
}

static void
print_rows_json (ConcReaderLadder *ladder, GTimeZone *zone)
{
  guint          n = conc_reader_ladder_get_n_lines (ladder);
  ConcLadderLine line;

  conc_print (n > 0 ? "[\n" : "[", n > 0 ? 2 : 1);
  for (guint i = 0; conc_reader_ladder_get_line (ladder, i, &line); i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);

      append_row (json, &line, zone);
      g_string_append (json, i + 1 < n ? "," : "");
      conc_print_line (json);
    }
  conc_print ("]\n", 2);
}

static char *
dup_bib (const ConcLadderLine *line)
{
  if (line->bib != 0)
    return g_strdup_printf ("%u", line->bib);
  return g_strdup (line->entry != NULL ? "?" : line->waits ? "" : "-");
}

/* What the line says beside time and bib; "=" stands for a rung. */
static char *
dup_remark (const ConcLadderLine *line)
{
  GString *text = g_string_new (line->is_linked ? "= " : "");

  if (line->runner_name != NULL)
    g_string_append (text, line->runner_name);
  if (line->has_second)
    g_string_append_printf (text, " (%+.2f)", (double) line->second_usec / G_USEC_PER_SEC);
  return g_string_free (text, FALSE);
}

static void
print_rows (ConcReaderLadder *ladder, GTimeZone *zone)
{
  ConcLadderLine line;

  for (guint i = 0; conc_reader_ladder_get_line (ladder, i, &line); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *place = g_strdup_printf ("%u", line.place);
      g_autofree char *bib = dup_bib (&line);
      g_autofree char *remark = dup_remark (&line);
      g_autofree char *at = line.at_usec != CONC_NO_TIME && line.tap != NULL
                                ? conc_time_format_clock (line.at_usec, zone, 2)
                                : g_strdup ("-");

      conc_append_column (text, place, PLACE_COLUMN);
      conc_append_column (text, at, TIME_COLUMN);
      conc_append_column (text, bib, *remark != '\0' ? BIB_COLUMN : 0);
      g_string_append (text, remark);
      conc_print_line (text);
    }
}

ConcExit
conc_verb_ladder (ConcCall *call)
{
  gboolean           as_json = FALSE;
  gboolean           rows = FALSE;
  const GOptionEntry options[] = {
    { "rows", 0, 0, G_OPTION_ARG_NONE, &rows, N_ ("lists all taps and bibs"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (ConcReaderLadder) ladder = NULL;
  g_autoptr (GError) error = NULL;
  ConcExit status;

  if (!conc_call_parse (call, options, 1, 1, &status) ||
      !conc_race_view_open (&view, call->args[0], &status))
    return status;
  ladder = conc_reader_ladder_new (view.reader);
  if (!conc_reader_ladder_update (ladder, NULL, &error))
    return conc_failed (error);
  if (rows && as_json)
    print_rows_json (ladder, view.zone);
  else if (rows)
    print_rows (ladder, view.zone);
  else if (as_json)
    print_doubts_json (conc_reader_ladder_get_doubts (ladder), view.zone);
  else
    print_doubts (conc_reader_ladder_get_doubts (ladder));
  return CONC_EXIT_DONE;
}
