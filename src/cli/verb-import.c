/* verb-import.c: reads registrations or gifts from a table in CSV form. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/import-chips.h"
#include "cli/import-map.h"
#include "cli/output.h"
#include "cli/race.h"
#include "core/body.h"
#include "core/chip-table.h"
#include "core/csv.h"
#include "core/encoding.h"
#include "core/money.h"
#include "store/import.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define CHUNK_BYTES (1024 * 1024)

typedef struct
{
  char          *kind_text;
  ConcImportKind kind;
  char         **map;
  gboolean       with_donations;
  gboolean       dry_run;
  gboolean       as_json;
} Wish;

static GBytes *
read_stream (FILE *stream, const char *name)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  gsize              n;

  while ((n = fread (chunk, 1, CHUNK_BYTES, stream)) > 0 && bytes->len <= CONC_CSV_MAX_BYTES)
    g_byte_array_append (bytes, chunk, (guint) n);
  if (ferror (stream))
    conc_complain (_ ("%s could not be read: %s."), name, g_strerror (errno));
  else if (bytes->len > CONC_CSV_MAX_BYTES)
    conc_complain (_ ("%s is larger than 256 MB, which no list of registrations is."), name);
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return NULL;
}

static GBytes *
read_file (const char *name)
{
  FILE   *stream = strcmp (name, "-") == 0 ? stdin : g_fopen (name, "rbe");
  GBytes *bytes;

  if (stream == NULL)
    {
      conc_complain (_ ("%s could not be opened: %s."), name, g_strerror (errno));
      return NULL;
    }
  bytes = read_stream (stream, name);
  if (stream != stdin)
    fclose (stream);
  return bytes;
}

static void
append_items (GString *json, GPtrArray *items)
{
  conc_json_key (json, "items");
  g_string_append_c (json, '[');
  for (guint i = 0; i < items->len; i++)
    {
      const ConcImportItem *item = g_ptr_array_index (items, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_int (json, "line", item->line);
      conc_json_member_text (json, "outcome", conc_import_outcome_to_text (item->outcome));
      conc_json_member_text (json, "name", item->name);
      conc_json_member_text (json, "sentence", item->sentence);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_columns (GString *json, GPtrArray *columns)
{
  conc_json_key (json, "columns");
  g_string_append_c (json, '{');
  for (guint i = 0; i < columns->len; i++)
    {
      const ConcImportColumn *column = g_ptr_array_index (columns, i);

      conc_json_member_text (json, column->column, column->field);
    }
  g_string_append_c (json, '}');
}

/* A list of people as the programs around chip readers keep it gets the names of its columns. */
static GBytes *
name_columns (GBytes *take_bytes)
{
  gsize            length = 0;
  g_autofree char *text =
      conc_encoding_to_utf8 (g_bytes_get_data (take_bytes, NULL), g_bytes_get_size (take_bytes),
                             &length, NULL, NULL);
  char *csv;

  if (text == NULL || !conc_people_list_is (text))
    return take_bytes;
  csv = conc_people_list_to_csv (text);
  g_bytes_unref (take_bytes);
  return g_bytes_new_take (csv, strlen (csv));
}

static char *
dup_json (ConcImportPlan *plan, gboolean dry_run)
{
  g_autoptr (GPtrArray) columns = conc_import_plan_get_columns (plan);
  g_autoptr (GPtrArray) items = conc_import_plan_get_items (plan);
  GString *json = g_string_new ("{");
  guint    n_donations;
  gint64   donations_cents;

  conc_import_plan_get_donations (plan, &n_donations, &donations_cents);
  conc_json_member_text (json, "kind",
                         conc_import_plan_get_kind (plan) == CONC_IMPORT_GIFTS ? "gifts"
                                                                               : "runners");
  conc_json_member_bool (json, "dry_run", dry_run);
  for (ConcImportOutcome outcome = 0; outcome < CONC_N_IMPORT_OUTCOMES; outcome++)
    conc_json_member_int (json, conc_import_outcome_to_text (outcome),
                          conc_import_plan_count (plan, outcome));
  conc_json_member_int (json, "donations_count", n_donations);
  conc_json_member_int (json, "donations_cents", donations_cents);
  append_columns (json, columns);
  append_items (json, items);
  g_string_append (json, "}\n");
  return g_string_free (json, FALSE);
}

static void
append_text_of_items (GString *text, GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      const ConcImportItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (text, _ ("line %u: %s"), item->line,
                              conc_import_outcome_to_text (item->outcome));
      if (item->name != NULL)
        g_string_append_printf (text, ": %s", item->name);
      if (item->sentence != NULL)
        g_string_append_printf (text, ": %s", item->sentence);
      g_string_append_c (text, '\n');
    }
}

static char *
dup_text (ConcImportPlan *plan, gboolean dry_run)
{
  g_autoptr (GPtrArray) columns = conc_import_plan_get_columns (plan);
  g_autoptr (GPtrArray) items = conc_import_plan_get_items (plan);
  GString *text = g_string_new (NULL);
  guint    n_donations;
  gint64   donations_cents;

  append_text_of_items (text, items);
  for (guint i = 0; i < columns->len; i++)
    {
      const ConcImportColumn *column = g_ptr_array_index (columns, i);

      if (column->field == NULL)
        g_string_append_printf (text, _ ("The column “%s” is not used.\n"), column->column);
    }
  conc_import_plan_get_donations (plan, &n_donations, &donations_cents);
  if (n_donations > 0)
    {
      g_autofree char *amount = conc_money_format (donations_cents);
      g_string_append_printf (text, _ ("Donations at registration: %u, %s.\n"), n_donations,
                              amount);
    }
  g_string_append (text, dry_run ? _ ("Would be:") : _ ("Imported:"));
  for (ConcImportOutcome outcome = 0; outcome < CONC_N_IMPORT_OUTCOMES; outcome++)
    g_string_append_printf (text, "%s %u %s", outcome > 0 ? "," : "",
                            conc_import_plan_count (plan, outcome),
                            conc_import_outcome_to_text (outcome));
  g_string_append (text, ".\n");
  return g_string_free (text, FALSE);
}

/* The plan is used up by the import, so what it says is put down before. */
static ConcExit
import (const Wish *wish, ConcRaceFile *file, ConcReader *reader, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  ConcImportPlan  *plan =
      conc_import_plan_new (reader, bytes, wish->kind, (const char *const *) wish->map, &error);
  ConcExit status = CONC_EXIT_DONE;

  if (plan == NULL)
    return conc_failed (error);
  conc_import_plan_set_enter_donations (plan, wish->with_donations);
  report = wish->as_json ? dup_json (plan, wish->dry_run) : dup_text (plan, wish->dry_run);
  if (conc_import_plan_count (plan, CONC_IMPORT_REFUSED) > 0)
    status = CONC_EXIT_PROBLEMS;
  if (wish->dry_run)
    conc_import_plan_free (plan);
  else if (!conc_race_file_import (file, plan, &error))
    return conc_failed (error);
  conc_print (report, strlen (report));
  return status;
}

static ConcExit
open_and_import (const Wish *wish, const char *path, GBytes *bytes)
{
  g_autoptr (ConcRaceFile) file = NULL;
  ConcExit status;

  if (wish->dry_run)
    {
      g_auto (ConcRaceView) view = { NULL };

      if (!conc_race_view_open (&view, path, &status))
        return status;
      return import (wish, NULL, view.reader, bytes);
    }
  file = conc_race_open_for_writing (path, &status);
  if (file == NULL)
    return status;
  status = import (wish, file, conc_race_file_get_reader (file), bytes);
  conc_race_file_close (file);
  return status;
}

static gboolean
check_wish (Wish *wish)
{
  g_autoptr (GError) error = NULL;

  wish->kind = CONC_IMPORT_GUESS;
  if (g_strcmp0 (wish->kind_text, "runners") == 0)
    wish->kind = CONC_IMPORT_RUNNERS;
  else if (g_strcmp0 (wish->kind_text, "gifts") == 0)
    wish->kind = CONC_IMPORT_GIFTS;
  else if (wish->kind_text != NULL && strcmp (wish->kind_text, "chips") != 0)
    {
      conc_complain (_ ("“%s” does not fit --kind: write runners, gifts or chips."),
                     wish->kind_text);
      return FALSE;
    }
  if (!conc_import_map_check ((const char *const *) wish->map, wish->kind, &error))
    {
      conc_misused (error);
      return FALSE;
    }
  return TRUE;
}

ConcExit
conc_verb_import (ConcCall *call)
{
  Wish               wish = { NULL };
  const GOptionEntry options[] = {
    { "kind", 0, 0, CONC_OPTION_TEXT, &wish.kind_text,
      N_ ("runners, gifts or chips; the first two are guessed when not given"), "KIND" },
    { "map", 0, 0, CONC_OPTION_TEXTS, &wish.map,
      N_ ("takes a column for a field; may be given again"), "\"Column=field\"" },
    { "with-donations", 0, 0, G_OPTION_ARG_NONE, &wish.with_donations,
      N_ ("also enters donations made at registration as gifts"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &wish.dry_run,
      N_ ("tells what would be done and changes nothing"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &wish.as_json, N_ ("writes JSON"), NULL },
    { NULL },
  };
  g_autoptr (GBytes) bytes = NULL;
  ConcExit status;

  if (conc_call_parse (call, options, 2, 2, &status))
    {
      status = CONC_EXIT_USAGE;
      if (check_wish (&wish))
        {
          bytes = read_file (call->args[1]);
          if (bytes == NULL)
            status = CONC_EXIT_FAILED;
          else if (g_strcmp0 (wish.kind_text, "chips") == 0)
            status = conc_import_chips (call->args[0], bytes, wish.dry_run, wish.as_json);
          else
            {
              bytes = name_columns (g_steal_pointer (&bytes));
              status = open_and_import (&wish, call->args[0], bytes);
            }
        }
    }
  g_free (wish.kind_text);
  g_strfreev (wish.map);
  return status;
}
