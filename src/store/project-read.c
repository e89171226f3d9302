/* project-read.c: the projections of reads, line by line, and of what was corrected about them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/projector.h"
#include "store/reads-private.h"
#include "store/reads.h"

#include <string.h>

static const char *
get_text (const ConcMerged *merged, const char *key)
{
  const char *text = conc_merged_get_text (merged, key);

  return text != NULL ? text : "";
}

static gboolean
insert_line (ConcDb           *db,
             const char       *subject,
             const ConcMerged *merged,
             const char       *raw,
             guint             line,
             GError          **error)
{
  g_autofree char *ignore = g_strdup_printf ("ignore.%u", line);

  return conc_db_run (db,
                      "INSERT INTO read (subject, line, stream, raw, hash, is_ignored, by_start, "
                      "outcome, counts_for) VALUES (?, ?, ?, ?, ?, ?, 0, 'no-stream', 0)",
                      error, "tittii", subject, (gint64) line, get_text (merged, "stream"), raw,
                      conc_reads_hash (raw), (gint64) conc_merged_get_bool (merged, ignore, FALSE));
}

static gboolean
insert_delivery (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcFact *founder = conc_merged_get_founder (merged);
  g_auto (GStrv) lines = g_strsplit (get_text (merged, "lines"), "\n", G_MAXUINT16);

  if (!conc_db_run (db,
                    "INSERT INTO delivery (subject, hlc, station, stream, format, head, file) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    error, "tittttt", subject, founder->hlc, founder->id.station,
                    get_text (merged, "stream"), conc_merged_get_text (merged, "format"),
                    conc_merged_get_text (merged, "head"), conc_merged_get_text (merged, "file")))
    return FALSE;
  for (guint i = 0; lines[i] != NULL; i++)
    if (!insert_line (db, subject, merged, lines[i], i, error))
      return FALSE;
  return conc_reads_parse (db, subject, error);
}

/* What the delivery said before, so that others of the same chips can be counted without it. */
typedef struct
{
  GPtrArray *streams; /* one or none */
  GPtrArray *tags;
} Before;

static void
before_clear (Before *before)
{
  g_clear_pointer (&before->streams, g_ptr_array_unref);
  g_clear_pointer (&before->tags, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, before_clear)

static gboolean
load_before (ConcDb *db, const char *subject, Before *before, GError **error)
{
  before->streams =
      conc_reads_list_texts (db, "SELECT stream FROM delivery WHERE subject = ?", subject, error);
  before->tags = conc_reads_list_texts (
      db, "SELECT DISTINCT tag FROM read WHERE subject = ? AND tag IS NOT NULL ORDER BY tag",
      subject, error);
  return before->streams != NULL && before->tags != NULL;
}

static gboolean
count_before (ConcDb *db, const Before *before, GError **error)
{
  g_auto (ConcStreamRules) rules = { 0 };
  const char *stream;

  if (before->streams->len == 0)
    return TRUE;
  stream = g_ptr_array_index (before->streams, 0);
  if (!conc_reads_load_rules (db, stream, &rules, error))
    return FALSE;
  for (guint i = 0; i < before->tags->len; i++)
    if (!conc_reads_count_tag (db, stream, &rules, g_ptr_array_index (before->tags, i), error))
      return FALSE;
  return conc_reads_count_tokens (db, stream, &rules, error);
}

/** conc_project_read: see conc_project(). One row a line of a delivery, and what follows from them.
 */
gboolean
conc_project_read (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  g_auto (Before) before = { 0 };

  if (!load_before (db, subject, &before, error) || !conc_reads_drop_rows (db, subject, error) ||
      !conc_db_run (db, "DELETE FROM read WHERE subject = ?", error, "t", subject) ||
      !conc_db_run (db, "DELETE FROM delivery WHERE subject = ?", error, "t", subject))
    return FALSE;
  if (before.streams->len > 0)
    conc_db_note_moved (db);
  if (conc_merged_exists (merged) && !insert_delivery (db, subject, merged, error))
    return FALSE;
  return conc_reads_count_delivery (db, subject, error) && count_before (db, &before, error);
}

/* Counts the read again whose row was corrected. */
static gboolean
count_fixed (ConcDb *db, const char *subject, guint line, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT stream, tag FROM read WHERE subject = ? AND line = ?", error);
  g_auto (ConcStreamRules) rules = { 0 };
  g_autofree char *stream = NULL;
  g_autofree char *tag = NULL;
  ConcStep         step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "ti", subject, (gint64) line))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step != CONC_STEP_ROW)
    return step == CONC_STEP_DONE;
  stream = conc_column_dup (statement, 0);
  tag = conc_column_dup (statement, 1);
  sqlite3_reset (statement);
  if (tag == NULL)
    return conc_reads_count_delivery (db, subject, error);
  return conc_reads_load_rules (db, stream, &rules, error) &&
         conc_reads_count_tag (db, stream, &rules, tag, error) &&
         conc_reads_count_tokens (db, stream, &rules, error);
}

/**
 * conc_reads_project_fix:
 * @subject: the name of a row that follows from a read, see conc_read_subject_new()
 *
 * Keeps what somebody corrected about a row that no fact founds: its bib, or the tap it is linked
 * with.
 */
gboolean
conc_reads_project_fix (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcSlot  *bib = conc_merged_find (merged, "bib");
  const char      *linked = conc_merged_get_text (merged, "tap");
  g_autofree char *bib_fact = bib != NULL ? conc_fact_id_to_text (&bib->winner->id) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *delivery = NULL;
  ConcFactId       fact;
  guint            line;

  if (!conc_read_subject_parse (subject, &fact, &line))
    return TRUE;
  if (!conc_db_run (db, "DELETE FROM read_fix WHERE subject = ?", error, "t", subject))
    return FALSE;
  if ((bib != NULL || linked != NULL) &&
      !conc_db_run (db,
                    "INSERT INTO read_fix (subject, bib, bib_fact, linked) "
                    "VALUES (?, nullif (?, -1), ?, ?)",
                    error, "titt", subject,
                    bib != NULL ? MAX (conc_merged_get_int (merged, "bib", 0), 0) : -1, bib_fact,
                    linked))
    return FALSE;
  name = conc_fact_id_to_text (&fact);
  delivery = g_strconcat ("d", name, NULL);
  return count_fixed (db, delivery, line, error);
}
