/* project-stream.c: the projections of streams and chips. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/projector.h"
#include "store/reads-private.h"
#include "store/watch.h"

#include <string.h>

static gboolean
has_use (const ConcMerged *merged, ConcStreamUse *ret_use)
{
  *ret_use = CONC_STREAM_FINISH;
  return conc_stream_use_from_name (conc_merged_get_text (merged, "use"), ret_use);
}

/* A value that this version does not know is as if it were not there. */
static const char *
get_filter (const ConcMerged *merged, ConcStreamUse use)
{
  const char    *name = conc_merged_get_text (merged, "filter");
  ConcReadFilter filter = conc_stream_use_get_filter (use);

  if (name != NULL)
    conc_read_filter_from_name (name, &filter);
  return conc_read_filter_get_name (filter);
}

static const char *
get_format (const ConcMerged *merged)
{
  const char    *name = conc_merged_get_text (merged, "format");
  ConcReadFormat format;

  if (name == NULL || !conc_read_format_from_name (name, &format, NULL))
    return NULL;
  return conc_read_format_get_name (format);
}

static gboolean
insert_stream (ConcDb *db, const char *name, const ConcMerged *merged, GError **error)
{
  ConcStreamUse use;
  gint64        gap_usec = conc_merged_get_int (merged, "gap_usec", CONC_READ_GAP_USEC);
  gint64        offset_usec = conc_merged_get_int (merged, "offset_usec", 0);

  has_use (merged, &use);
  return conc_db_run (
      db,
      "INSERT INTO stream (name, use, format, origin, offset_usec, filter, gap_usec) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      error, "ttttiti", name, conc_stream_use_get_name (use), get_format (merged),
      conc_merged_get_text (merged, "from"),
      CLAMP (offset_usec, -CONC_STREAM_OFFSET_MAX_USEC, CONC_STREAM_OFFSET_MAX_USEC),
      get_filter (merged, use), CLAMP (gap_usec, 0, CONC_READ_GAP_MAX_USEC));
}

static gboolean
is_same (const ConcStreamRules *a, const ConcStreamRules *b)
{
  return a->exists == b->exists && a->use == b->use && a->offset_usec == b->offset_usec &&
         a->filter == b->filter && a->gap_usec == b->gap_usec;
}

/* Its reads are counted by what it says now. */
static gboolean
count_reads (ConcDb                *db,
             const char            *name,
             const ConcStreamRules *before,
             const ConcStreamRules *after,
             GError               **error)
{
  gboolean is_same_format = g_strcmp0 (before->format, after->format) == 0;

  if (is_same (before, after) && is_same_format)
    return TRUE;
  if (!conc_watch_sort_stream (db, name, error))
    return FALSE;
  conc_db_note_moved (db);
  return (is_same_format || conc_reads_parse_stream (db, name, error)) &&
         conc_reads_count_stream (db, name, error);
}

/** conc_project_stream: see conc_project(). The subject is "stream:" and the name. */
gboolean
conc_project_stream (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char *name = subject + strlen ("stream:");
  g_auto (ConcStreamRules) before = { 0 };
  g_auto (ConcStreamRules) after = { 0 };

  return conc_reads_load_rules (db, name, &before, error) &&
         conc_db_run (db, "DELETE FROM stream WHERE name = ?", error, "t", name) &&
         (!conc_merged_exists (merged) || insert_stream (db, name, merged, error)) &&
         conc_reads_load_rules (db, name, &after, error) &&
         count_reads (db, name, &before, &after, error);
}

/** conc_project_chip: see conc_project(). The subject is "chip:" and the tag. */
gboolean
conc_project_chip (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const char      *tag = subject + strlen ("chip:");
  const ConcSlot  *slot = conc_merged_find (merged, "bib");
  g_autofree char *fact = slot != NULL ? conc_fact_id_to_text (&slot->winner->id) : NULL;
  gint64           bib = conc_merged_get_int (merged, "bib", 0);

  if (!conc_db_run (db, "DELETE FROM chip WHERE tag = ?", error, "t", tag))
    return FALSE;
  if (conc_merged_exists (merged) && fact != NULL &&
      !conc_db_run (db, "INSERT INTO chip (tag, bib, fact) VALUES (?, ?, ?)", error, "tit", tag,
                    CLAMP (bib, 0, CONC_BIB_MAX), fact))
    return FALSE;
  return conc_reads_count_chip (db, tag, error);
}
