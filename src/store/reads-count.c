/* reads-count.c: what becomes of reads: which are crossings, and whose. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reads-private.h"

#include "core/race-time.h"
#include "store/queries.h"

#include <string.h>

static void
kept_read_free (gpointer data)
{
  ConcKeptRead *read = data;

  g_free (read->subject);
  g_free (read->tag);
  g_free (read->outcome);
  g_free (read);
}

/** conc_stream_rules_clear: frees what is in @rules. */
void
conc_stream_rules_clear (ConcStreamRules *rules)
{
  g_clear_pointer (&rules->format, g_free);
}

/**
 * conc_reads_load_rules:
 * @ret_rules: (out): how reads of @stream count
 */
gboolean
conc_reads_load_rules (ConcDb *db, const char *stream, ConcStreamRules *ret_rules, GError **error)
{
  sqlite3_stmt *statement = conc_db_prepare (
      db, "SELECT use, offset_usec, filter, gap_usec, format FROM stream WHERE name = ?", error);
  ConcStep step;

  *ret_rules = (ConcStreamRules){ 0 };
  if (statement == NULL || !conc_db_bind (db, statement, error, "t", stream))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step != CONC_STEP_ROW)
    return step == CONC_STEP_DONE;
  ret_rules->exists = conc_stream_use_from_name (conc_column_text (statement, 0), &ret_rules->use);
  ret_rules->offset_usec = sqlite3_column_int64 (statement, 1);
  conc_read_filter_from_name (conc_column_text (statement, 2), &ret_rules->filter);
  ret_rules->gap_usec = sqlite3_column_int64 (statement, 3);
  ret_rules->format = conc_column_dup (statement, 4);
  sqlite3_reset (statement);
  return TRUE;
}

static int
get_kind (const char *text)
{
  static const char *const kinds[] = { "chip", "time", "bib", "start" };

  for (int i = 0; i < (int) G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], text) == 0)
      return i;
  return -1;
}

#define READ_COLUMNS                                                                               \
  "SELECT subject, line, kind, at_usec, tag, bib, position, strength, is_ignored, outcome, "       \
  "counts_for FROM read "

static ConcKeptRead *
read_kept (sqlite3_stmt *statement)
{
  ConcKeptRead *read = g_new0 (ConcKeptRead, 1);

  read->subject = conc_column_dup (statement, 0);
  read->line = (guint) sqlite3_column_int64 (statement, 1);
  read->kind = get_kind (conc_column_text (statement, 2));
  read->at_usec = sqlite3_column_type (statement, 3) == SQLITE_NULL
                      ? CONC_NO_TIME
                      : sqlite3_column_int64 (statement, 3);
  read->tag = conc_column_dup (statement, 4);
  read->bib = (guint) sqlite3_column_int64 (statement, 5);
  read->position = (guint) sqlite3_column_int64 (statement, 6);
  read->strength = sqlite3_column_type (statement, 7) == SQLITE_NULL
                       ? CONC_READ_NO_STRENGTH
                       : sqlite3_column_int (statement, 7);
  read->is_ignored = sqlite3_column_int64 (statement, 8) != 0;
  read->outcome = conc_column_dup (statement, 9);
  read->counts_for = (guint) sqlite3_column_int64 (statement, 10);
  return read;
}

/* All reads that a statement with one or two texts gives. */
static GPtrArray *
list_reads (ConcDb *db, const char *sql, const char *first, const char *second, GError **error)
{
  g_autoptr (GPtrArray) reads = g_ptr_array_new_with_free_func (kept_read_free);
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  ConcStep      step;

  if (statement == NULL ||
      !conc_db_bind (db, statement, error, second != NULL ? "tt" : "t", first, second))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (reads, read_kept (statement));
  return step == CONC_STEP_DONE ? g_steal_pointer (&reads) : NULL;
}

/** conc_reads_list_texts: the first column of what a statement with one text gives. */
GPtrArray *
conc_reads_list_texts (ConcDb *db, const char *sql, const char *parameter, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  ConcStep      step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", parameter))
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    g_ptr_array_add (texts, conc_column_dup (statement, 0));
  return step == CONC_STEP_DONE ? g_steal_pointer (&texts) : NULL;
}

/* Whose the chip is: the table says it; a chip that it does not know is of the bib that the reader
 * has for it, if any. */
static gboolean
find_bib (ConcDb *db, const char *tag, guint own_bib, guint *ret_bib, GError **error)
{
  sqlite3_stmt *statement;
  ConcStep      step;

  *ret_bib = own_bib;
  if (tag == NULL)
    return TRUE;
  statement = conc_db_prepare (db, "SELECT bib FROM chip WHERE tag = lower (?)", error);
  if (statement == NULL || !conc_db_bind (db, statement, error, "t", tag))
    return FALSE;
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    {
      *ret_bib = (guint) sqlite3_column_int64 (statement, 0);
      sqlite3_reset (statement);
    }
  return step != CONC_STEP_FAILED;
}

/* What says that a read cannot count, whatever its stream is for. */
static gboolean
is_out (const ConcStreamRules *rules, const ConcKeptRead *read, ConcReadOutcome *ret_outcome)
{
  if (read->kind < 0)
    *ret_outcome = CONC_READ_OUTCOME_DAMAGED;
  else if (read->is_ignored)
    *ret_outcome = CONC_READ_OUTCOME_IGNORED;
  else if (read->kind == CONC_READ_START)
    *ret_outcome = CONC_READ_OUTCOME_MARK;
  else if (!rules->exists)
    *ret_outcome = CONC_READ_OUTCOME_NO_STREAM;
  else if (read->at_usec == CONC_NO_TIME)
    *ret_outcome = CONC_READ_OUTCOME_NO_TIME;
  else
    return FALSE;
  return TRUE;
}

static ConcReadOutcome
without_bib (const ConcKeptRead *read)
{
  return read->tag != NULL ? CONC_READ_OUTCOME_UNKNOWN_CHIP : CONC_READ_OUTCOME_NO_BIB;
}

/* What a read that stands for a crossing is, by what its stream is for. */
static ConcReadOutcome
get_outcome (const ConcStreamRules *rules, const ConcKeptRead *read, guint bib)
{
  switch (rules->use)
    {
    case CONC_STREAM_FINISH:
      return bib == 0 && read->kind != CONC_READ_TIME ? without_bib (read)
                                                      : CONC_READ_OUTCOME_CROSSING;
    case CONC_STREAM_START:
      return bib == 0 ? without_bib (read) : CONC_READ_OUTCOME_START;
    case CONC_STREAM_CHUTE:
      return bib == 0 && read->kind != CONC_READ_BIB ? without_bib (read) : CONC_READ_OUTCOME_CHUTE;
    case CONC_STREAM_SELECT:
      return bib == 0 ? without_bib (read) : CONC_READ_OUTCOME_WATCH;
    case CONC_STREAM_SECOND:
    default:
      return CONC_READ_OUTCOME_WATCH;
    }
}

static gboolean
count_one (ConcDb                *db,
           const char            *stream,
           const ConcStreamRules *rules,
           const ConcKeptRead    *read,
           guint                  bib,
           GError               **error)
{
  ConcCounted counted = { .at_usec = read->at_usec + rules->offset_usec };

  if (!is_out (rules, read, &counted.outcome))
    {
      counted.outcome = get_outcome (rules, read, bib);
      counted.counts_for = counted.outcome < CONC_READ_OUTCOME_REPEAT ? bib : 0;
    }
  return conc_reads_write (db, stream, rules, read, &counted, error);
}

/* Whether conc_reads_count_tokens() counts the read. */
static gboolean
is_token (const ConcStreamRules *rules, const ConcKeptRead *read)
{
  return rules->exists && rules->use == CONC_STREAM_CHUTE && read->kind == CONC_READ_BIB &&
         read->position > 0;
}

/* An own start is the first crossing that is not before the earliest gun, when that is known: until
 * then runners stand about on the mat. */
static gboolean
choose_start (ConcDb                *db,
              const ConcStreamRules *rules,
              GArray                *order,
              GPtrArray             *reads,
              guint                 *ret_crossing,
              GError               **error)
{
  gint64 start_usec;

  *ret_crossing = G_MAXUINT;
  if (rules->use != CONC_STREAM_START)
    return TRUE;
  if (!conc_query_first_gun (db, NULL, &start_usec, error))
    return FALSE;
  for (guint i = 0; i < order->len; i++)
    {
      const ConcFilterRead *item = &g_array_index (order, ConcFilterRead, i);
      const ConcKeptRead   *read = g_ptr_array_index (reads, item->user);

      if (item->stands &&
          (start_usec == CONC_NO_TIME || read->at_usec + rules->offset_usec >= start_usec))
        {
          *ret_crossing = item->crossing;
          return TRUE;
        }
    }
  return TRUE;
}

/* Which of the reads of a chip stands for a crossing, and what it is then. */
static gboolean
count_crossings (ConcDb                *db,
                 const char            *stream,
                 const ConcStreamRules *rules,
                 GPtrArray             *reads,
                 GArray                *order,
                 GError               **error)
{
  guint started;

  conc_read_filter_run (rules->filter, rules->gap_usec, order);
  if (!choose_start (db, rules, order, reads, &started, error))
    return FALSE;
  for (guint i = 0; i < order->len; i++)
    {
      const ConcFilterRead *item = &g_array_index (order, ConcFilterRead, i);
      const ConcKeptRead   *read = g_ptr_array_index (reads, item->user);
      ConcCounted counted = { CONC_READ_OUTCOME_REPEAT, 0, read->at_usec + rules->offset_usec };
      guint       own_bib;

      if (!find_bib (db, read->tag, read->bib, &own_bib, error))
        return FALSE;
      if (item->stands || own_bib == 0)
        counted.outcome = get_outcome (rules, read, own_bib);
      if (counted.outcome == CONC_READ_OUTCOME_START && item->crossing != started)
        counted.outcome = started == G_MAXUINT || item->crossing < started
                              ? CONC_READ_OUTCOME_BEFORE_GUN
                              : CONC_READ_OUTCOME_LATER;
      if (!item->stands && counted.outcome < CONC_READ_OUTCOME_REPEAT)
        counted.outcome = CONC_READ_OUTCOME_REPEAT;
      counted.counts_for = counted.outcome < CONC_READ_OUTCOME_REPEAT ? own_bib : 0;
      if (!conc_reads_write (db, stream, rules, read, &counted, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * conc_reads_count_tag:
 * @tag: a chip, or the code of a runner
 *
 * Counts all reads of a chip in one stream again. The rows that follow are those of the reads that
 * are there, whatever came first. Cost: linear in those reads.
 */
gboolean
conc_reads_count_tag (ConcDb                *db,
                      const char            *stream,
                      const ConcStreamRules *rules,
                      const char            *tag,
                      GError               **error)
{
  g_autoptr (GPtrArray) reads =
      list_reads (db, READ_COLUMNS "WHERE tag = ? AND stream = ? ORDER BY at_usec, subject, line",
                  tag, stream, error);
  g_autoptr (GArray) order = g_array_new (FALSE, TRUE, sizeof (ConcFilterRead));

  if (reads == NULL)
    return FALSE;
  for (guint i = 0; i < reads->len; i++)
    {
      const ConcKeptRead *read = g_ptr_array_index (reads, i);
      ConcFilterRead      item = {
             .at_usec = read->at_usec, .order = i, .strength = read->strength, .user = i
      };
      ConcReadOutcome outcome;
      guint           own_bib;

      if (read->kind == CONC_READ_CHIP && !is_out (rules, read, &outcome))
        g_array_append_val (order, item);
      else if (is_token (rules, read))
        continue;
      else if (!find_bib (db, tag, read->bib, &own_bib, error) ||
               !count_one (db, stream, rules, read, own_bib, error))
        return FALSE;
    }
  return count_crossings (db, stream, rules, reads, order, error);
}

/**
 * conc_reads_count_tokens:
 *
 * Counts the scans of a stream that have a token. Tokens tell the order of the chute, and the scan
 * came later than the runner: a bib stands behind those of lower tokens. The same runner with the
 * same token was scanned twice. Does nothing for other streams.
 */
gboolean
conc_reads_count_tokens (ConcDb                *db,
                         const char            *stream,
                         const ConcStreamRules *rules,
                         GError               **error)
{
  g_autoptr (GPtrArray) reads = NULL;
  const ConcKeptRead *before = NULL;
  gint64              last_usec = G_MININT64;

  if (!rules->exists || rules->use != CONC_STREAM_CHUTE)
    return TRUE;
  reads = list_reads (db,
                      READ_COLUMNS "WHERE stream = ? AND kind = 'bib' AND position > 0 "
                                   "ORDER BY position, tag, bib, at_usec, subject, line",
                      stream, NULL, error);
  for (guint i = 0; reads != NULL && i < reads->len; i++)
    {
      const ConcKeptRead *read = g_ptr_array_index (reads, i);
      ConcCounted         counted = { CONC_READ_OUTCOME_CHUTE, 0, 0 };

      if (is_out (rules, read, &counted.outcome))
        {
          if (!count_one (db, stream, rules, read, 0, error))
            return FALSE;
          continue;
        }
      if (before != NULL && before->position == read->position && before->bib == read->bib &&
          g_strcmp0 (before->tag, read->tag) == 0)
        counted.outcome = CONC_READ_OUTCOME_REPEAT;
      else if (!find_bib (db, read->tag, read->bib, &counted.counts_for, error))
        return FALSE;
      counted.at_usec = MAX (read->at_usec + rules->offset_usec, last_usec + 1);
      last_usec = counted.outcome == CONC_READ_OUTCOME_CHUTE ? counted.at_usec : last_usec;
      if (!conc_reads_write (db, stream, rules, read, &counted, error))
        return FALSE;
      before = read;
    }
  return reads != NULL;
}

static gboolean
count_tags (ConcDb                *db,
            const char            *stream,
            const ConcStreamRules *rules,
            GPtrArray             *tags,
            GError               **error)
{
  for (guint i = 0; i < tags->len; i++)
    if (!conc_reads_count_tag (db, stream, rules, g_ptr_array_index (tags, i), error))
      return FALSE;
  return TRUE;
}

/* Reads without a tag are each for themselves. */
static gboolean
count_untagged (ConcDb                *db,
                const char            *stream,
                const ConcStreamRules *rules,
                GPtrArray             *reads,
                GError               **error)
{
  for (guint i = 0; i < reads->len; i++)
    {
      const ConcKeptRead *read = g_ptr_array_index (reads, i);

      if (!is_token (rules, read) && !count_one (db, stream, rules, read, read->bib, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * conc_reads_count_delivery:
 * @subject: a delivery whose lines are kept
 *
 * Counts what came in one delivery, together with what came before of the same chips.
 */
gboolean
conc_reads_count_delivery (ConcDb *db, const char *subject, GError **error)
{
  g_auto (ConcStreamRules) rules = { 0 };
  g_autoptr (GPtrArray) streams =
      conc_reads_list_texts (db, "SELECT stream FROM delivery WHERE subject = ?", subject, error);
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GPtrArray) untagged = NULL;
  const char *stream;

  if (streams == NULL || streams->len == 0)
    return streams != NULL;
  stream = g_ptr_array_index (streams, 0);
  tags =
      conc_reads_list_texts (db,
                             "SELECT DISTINCT tag FROM read WHERE subject = ? AND tag IS NOT NULL "
                             "ORDER BY tag",
                             subject, error);
  untagged =
      list_reads (db, READ_COLUMNS "WHERE subject = ? AND tag IS NULL", subject, NULL, error);
  return tags != NULL && untagged != NULL && conc_reads_load_rules (db, stream, &rules, error) &&
         count_tags (db, stream, &rules, tags, error) &&
         count_untagged (db, stream, &rules, untagged, error) &&
         conc_reads_count_tokens (db, stream, &rules, error);
}

/** conc_reads_count_stream: counts all reads of a stream again, by its settings of now. */
gboolean
conc_reads_count_stream (ConcDb *db, const char *stream, GError **error)
{
  g_auto (ConcStreamRules) rules = { 0 };
  g_autoptr (GPtrArray) tags =
      conc_reads_list_texts (db,
                             "SELECT DISTINCT tag FROM read WHERE stream = ? AND tag IS NOT NULL "
                             "ORDER BY tag",
                             stream, error);
  g_autoptr (GPtrArray) untagged =
      list_reads (db, READ_COLUMNS "WHERE stream = ? AND tag IS NULL", stream, NULL, error);

  return tags != NULL && untagged != NULL && conc_reads_load_rules (db, stream, &rules, error) &&
         count_tags (db, stream, &rules, tags, error) &&
         count_untagged (db, stream, &rules, untagged, error) &&
         conc_reads_count_tokens (db, stream, &rules, error);
}

/** conc_reads_count_chip: counts all reads of a chip again, in every stream: it is somebody else's.
 */
gboolean
conc_reads_count_chip (ConcDb *db, const char *tag, GError **error)
{
  g_autoptr (GPtrArray) streams =
      conc_reads_list_texts (db, "SELECT DISTINCT stream FROM read WHERE tag = ? ORDER BY stream",
                             tag, error);

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    {
      const char *stream = g_ptr_array_index (streams, i);
      g_auto (ConcStreamRules) rules = { 0 };

      if (!conc_reads_load_rules (db, stream, &rules, error) ||
          !conc_reads_count_tag (db, stream, &rules, tag, error) ||
          !conc_reads_count_tokens (db, stream, &rules, error))
        return FALSE;
    }
  return streams != NULL;
}
