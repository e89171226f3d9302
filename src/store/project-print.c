/* project-print.c: the projection of labels on their way to printers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/print-job.h"
#include "store/projector.h"

static gboolean
insert_print (ConcDb *db, const ConcPrint *print, ConcHlc hlc, GError **error)
{
  return conc_db_run (db,
                      "INSERT INTO print (id, hlc, runner, bib, layout, stock, printer, batch, "
                      "content, reprint_of, reason, station, operator, queued_usec, state, "
                      "state_usec, detail) "
                      "VALUES (?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      error, "tititttttttttitit", print->id, hlc, print->runner_id,
                      (gint64) print->bib, print->layout, print->stock, print->printer,
                      print->batch, print->content, print->reprint_of, print->reason,
                      print->station, print->operator_name, print->queued_usec,
                      conc_print_state_to_text (print->state), print->state_usec, print->detail);
}

/** conc_project_print: see conc_project(). A print that was taken back, or is of nobody, has no
 * row. */
gboolean
conc_project_print (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  g_autoptr (ConcPrint) print = NULL;

  if (!conc_db_run (db, "DELETE FROM print WHERE id = ?", error, "t", subject))
    return FALSE;
  if (!conc_merged_exists (merged))
    return TRUE;
  print = conc_print_from_merged (subject, merged);
  return print->runner_id == NULL ||
         insert_print (db, print, conc_merged_get_founder (merged)->hlc, error);
}
