/* verb-streams.c: lists the sources of times, and sets how their times count. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/race-time.h"
#include "core/scan.h"
#include "store/reader-reads.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_CELLS 20
#define USE_CELLS 10

/* "5", "-0.35" or "+2". */
static gboolean
parse_seconds (const char *text, gint64 *ret_usec)
{
  const char *cursor = text;
  gboolean    is_negative = conc_scan_char (&cursor, '-');
  gint64      seconds, fraction;

  if (!is_negative)
    conc_scan_char (&cursor, '+');
  if (!conc_scan_digits (&cursor, 1, 9, &seconds) || !conc_scan_fraction (&cursor, &fraction) ||
      *cursor != '\0')
    return FALSE;
  *ret_usec = (seconds * CONC_USEC_PER_SECOND + fraction) * (is_negative ? -1 : 1);
  return TRUE;
}

static char *
format_seconds (gint64 usec)
{
  GString *text = g_string_new (usec < 0 ? "-" : NULL);

  g_string_append_printf (text, "%d", (int) (ABS (usec) / CONC_USEC_PER_SECOND));
  conc_append_fraction (text, ABS (usec) % CONC_USEC_PER_SECOND, -1);
  return g_string_free (text, FALSE);
}

/* Takes one KEY=VALUE; the texts of @order belong to @pair, which is cut in two. */
static gboolean
take_pair (ConcStreamOrder *order, char *pair)
{
  char *value = strchr (pair, '=');

  if (value == NULL)
    return FALSE;
  *value++ = '\0';
  if (strcmp (pair, "use") == 0)
    order->use = value;
  else if (strcmp (pair, "filter") == 0)
    order->filter = value;
  else if (strcmp (pair, "format") == 0)
    order->format = value;
  else if (strcmp (pair, "from") == 0)
    order->from = value;
  else if (strcmp (pair, "gap") == 0)
    return order->has_gap = parse_seconds (value, &order->gap_usec);
  else if (strcmp (pair, "offset") == 0)
    return order->has_offset = parse_seconds (value, &order->offset_usec);
  else
    return FALSE;
  return TRUE;
}

static ConcExit
set_stream (ConcCall *call)
{
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (ConcCommand) command = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcStreamOrder order = { .name = call->args[1] };
  ConcExit        status;

  for (guint i = 2; i < call->n_args; i++)
    {
      g_autofree char *shown = g_filename_display_name (call->args[i]);

      if (!g_utf8_validate (call->args[i], -1, NULL) || !take_pair (&order, call->args[i]))
        return conc_call_misused (call,
                                  _ ("“%s” does not fit: write use, filter, format or from, or gap "
                                     "or offset with seconds, like offset=-0.35."),
                                  shown);
    }
  file = conc_race_open_for_writing (call->args[0], &status);
  if (file == NULL)
    return status;
  command = conc_command_new_stream (conc_race_file_get_clock (file), &order);
  receipt = conc_race_submit (file, g_steal_pointer (&command), &status);
  return receipt != NULL ? CONC_EXIT_DONE : status;
}

static void
append_stream (GString *json, const ConcStream *stream, GTimeZone *zone)
{
  conc_json_next (json);
  g_string_append_c (json, '{');
  conc_json_member_text (json, "name", stream->name);
  conc_json_member_text (json, "use", conc_stream_use_get_name (stream->use));
  conc_json_member_text (json, "format", stream->format);
  conc_json_member_text (json, "from", stream->from);
  conc_json_member_text (json, "filter", conc_read_filter_get_name (stream->filter));
  conc_json_member_int (json, "gap_usec", stream->gap_usec);
  conc_json_member_int (json, "offset_usec", stream->offset_usec);
  conc_json_member_int (json, "lines", stream->n_lines);
  conc_json_member_int (json, "counted", stream->n_counted);
  conc_json_member_int (json, "damaged", stream->n_damaged);
  conc_json_member_int (json, "unknown_chips", stream->n_unknown);
  if (stream->last_usec != CONC_NO_TIME)
    conc_json_member_time (json, "last", stream->last_usec, zone);
  else
    conc_json_member_null (json, "last");
  g_string_append_c (json, '}');
}

static void
print_stream (const ConcStream *stream)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *gap = format_seconds (stream->gap_usec);
  g_autofree char *offset = format_seconds (stream->offset_usec);

  conc_append_column (line, stream->name, NAME_CELLS);
  conc_append_column (line, conc_stream_use_get_name (stream->use), USE_CELLS);
  g_string_append_printf (line,
                          _ ("filter %s, gap %s s, offset %s s: %u lines, %u counted, %u damaged, "
                             "%u of unknown chips"),
                          conc_read_filter_get_name (stream->filter), gap, offset, stream->n_lines,
                          stream->n_counted, stream->n_damaged, stream->n_unknown);
  conc_print_line (line);
}

static ConcExit
list_streams (ConcCall *call, gboolean as_json)
{
  g_auto (ConcRaceView) view = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) streams = NULL;
  g_autoptr (GString) json = g_string_new ("{");
  const char *name = call->n_args > 1 ? call->args[1] : NULL;
  gboolean    found = name == NULL;
  ConcExit    status;

  if (!conc_race_view_open (&view, call->args[0], &status))
    return status;
  streams = conc_reader_list_streams (view.reader, &error);
  if (streams == NULL)
    return conc_failed (error);
  conc_json_key (json, "streams");
  g_string_append_c (json, '[');
  for (guint i = 0; i < streams->len; i++)
    {
      const ConcStream *stream = g_ptr_array_index (streams, i);

      if (name != NULL && strcmp (stream->name, name) != 0)
        continue;
      found = TRUE;
      append_stream (json, stream, view.zone);
      if (!as_json)
        print_stream (stream);
    }
  if (!found)
    {
      conc_complain (_ ("There is no stream “%s”."), name);
      return CONC_EXIT_FAILED;
    }
  g_string_append (json, "]}");
  if (as_json)
    conc_print_line (json);
  else if (streams->len == 0)
    {
      g_string_assign (json, _ ("There is no stream yet: only the taps of the timing table."));
      conc_print_line (json);
    }
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_streams (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  ConcExit status;

  if (!conc_call_parse (call, options, 1, G_MAXUINT, &status))
    return status;
  return call->n_args > 2 ? set_stream (call) : list_streams (call, as_json);
}
