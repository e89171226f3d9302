/* import-chips.c: reads which chip is whose from a file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/import-chips.h"

#include "cli/output.h"
#include "cli/race.h"
#include "core/chip-table.h"
#include "core/encoding.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

static void
print_counts (const ConcChipTable *table, const ConcReceipt *receipt, gboolean as_json)
{
  g_autoptr (GString) json = g_string_new ("{");
  guint n_new = receipt != NULL ? receipt->n_new : 0;
  guint n_known = receipt != NULL ? receipt->n_known : 0;

  if (!as_json)
    {
      for (guint i = 0; i < table->problems->len; i++)
        printf ("%s\n", ((ConcProblem *) g_ptr_array_index (table->problems, i))->sentence);
      printf (_ ("%u chips in the file: %u are new or somebody else's now, %u as before.\n"),
              table->chips->len, n_new, n_known);
      return;
    }
  conc_json_member_text (json, "kind", "chips");
  conc_json_member_bool (json, "dry_run", receipt == NULL);
  conc_json_member_int (json, "chips", table->chips->len);
  conc_json_member_int (json, "new", n_new);
  conc_json_member_int (json, "known", n_known);
  conc_json_key (json, "refused");
  g_string_append_c (json, '[');
  for (guint i = 0; i < table->problems->len; i++)
    {
      const ConcProblem *problem = g_ptr_array_index (table->problems, i);

      conc_json_next (json);
      g_string_append_c (json, '{');
      conc_json_member_int (json, "line", problem->line);
      conc_json_member_text (json, "sentence", problem->sentence);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");
  conc_print_line (json);
}

/** conc_import_chips: gives chips to bibs as a file says; lines that cannot be read are told of. */
ConcExit
conc_import_chips (const char *race, GBytes *bytes, gboolean dry_run, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = conc_encoding_to_utf8 (g_bytes_get_data (bytes, NULL),
                                                 g_bytes_get_size (bytes), NULL, NULL, &error);
  g_autoptr (ConcChipTable) table = text != NULL ? conc_chip_table_read (text, &error) : NULL;
  g_autoptr (ConcRaceFile) file = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;
  ConcExit status;

  if (table == NULL)
    return conc_failed (error);
  file = conc_race_open_for_writing (race, &status);
  if (file == NULL)
    return status;
  if (!dry_run)
    {
      g_autoptr (ConcCommand) command =
          conc_command_new_chips (conc_race_file_get_clock (file), table->chips);

      receipt = conc_race_submit (file, g_steal_pointer (&command), &status);
      if (receipt == NULL)
        return status;
    }
  print_counts (table, receipt, as_json);
  return table->problems->len > 0 ? CONC_EXIT_PROBLEMS : CONC_EXIT_DONE;
}
