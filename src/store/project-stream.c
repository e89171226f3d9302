/* project-stream.c: the projections of streams and chips. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/projector.h"

#include <string.h>

static const char *
get_text (const ConcMerged *merged, const char *key, const char *fallback)
{
  const char *text = conc_merged_get_text (merged, key);

  return text != NULL ? text : fallback;
}

/** conc_project_stream: see conc_project(). The subject is "stream:" and the name. */
gboolean
conc_project_stream (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char *name = subject + strlen ("stream:");

  if (!conc_db_run (db, "DELETE FROM stream WHERE name = ?", error, "t", name))
    return FALSE;
  if (!conc_merged_exists (merged))
    return TRUE;
  return conc_db_run (
      db,
      "INSERT INTO stream (name, use, format, origin, offset_usec, filter, gap_usec) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      error, "ttttiti", name, get_text (merged, "use", "finish"), get_text (merged, "format", NULL),
      get_text (merged, "from", NULL), conc_merged_get_int (merged, "offset_usec", 0),
      get_text (merged, "filter", "first"), conc_merged_get_int (merged, "gap_usec", 0));
}

/** conc_project_chip: see conc_project(). The subject is "chip:" and the tag. */
gboolean
conc_project_chip (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char      *tag = subject + strlen ("chip:");
  const ConcSlot  *slot = conc_merged_find (merged, "bib");
  g_autofree char *fact = slot != NULL ? conc_fact_id_to_text (&slot->winner->id) : NULL;

  if (!conc_db_run (db, "DELETE FROM chip WHERE tag = ?", error, "t", tag))
    return FALSE;
  if (!conc_merged_exists (merged) || fact == NULL)
    return TRUE;
  return conc_db_run (db, "INSERT INTO chip (tag, bib, fact) VALUES (?, ?, ?)", error, "tit", tag,
                      conc_merged_get_int (merged, "bib", 0), fact);
}
