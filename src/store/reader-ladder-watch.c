/* reader-ladder-watch.c: what other watches took, for the ladder. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reader-ladder-private.h"

#include <string.h>

/* Somebody who reads a watch beside the line is right to within a second. */
#define SELECT_SPREAD_USEC ((gint64) G_USEC_PER_SEC)

typedef struct
{
  const char *subject; /* of the table's texts */
  gint64      at_usec;
  guint       bib;
  gboolean    is_select;
} Watched;

/* What readers sent has the offset of its stream already. */
#define WATCH_SQL                                                                                  \
  "SELECT w.subject, w.at_usec + CASE WHEN instr (w.subject, '#') > 0 THEN 0 "                     \
  "ELSE coalesce (s.offset_usec, 0) END AS counts_usec, coalesce (w.bib, 0), w.use = 'select' "    \
  "FROM watch w LEFT JOIN stream s ON s.name = w.stream "

/** conc_reader_ladder_new_watched: Returns: (transfer full): room for times of other watches. */
GArray *
conc_reader_ladder_new_watched (void)
{
  return g_array_new (FALSE, FALSE, sizeof (Watched));
}

static void
add_watched (ConcReaderLadder *ladder, sqlite3_stmt *statement)
{
  Watched each = { conc_ladder_table_keep (ladder->table, conc_column_text (statement, 0)),
                   sqlite3_column_int64 (statement, 1), 0, sqlite3_column_int (statement, 3) != 0 };
  guint   index = ladder->watched->len;

  each.bib = (guint) CLAMP (sqlite3_column_int64 (statement, 2), 0, CONC_BIB_MAX);
  for (; index > 0; index--)
    {
      const Watched *other = &g_array_index (ladder->watched, Watched, index - 1);

      if (other->at_usec < each.at_usec ||
          (other->at_usec == each.at_usec && strcmp (other->subject, each.subject) < 0))
        break;
    }
  g_array_insert_val (ladder->watched, index, each);
}

/** conc_reader_ladder_load_watched: reads all of them, after the table was loaded. */
gboolean
conc_reader_ladder_load_watched (ConcReaderLadder *ladder, GError **error)
{
  ConcDb       *db = conc_reader_get_db (ladder->reader);
  sqlite3_stmt *statement =
      conc_db_prepare (db, WATCH_SQL "ORDER BY counts_usec, w.subject", error);
  ConcStep step;

  if (statement == NULL)
    return FALSE;
  g_array_set_size (ladder->watched, 0);
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    add_watched (ladder, statement);
  return step == CONC_STEP_DONE;
}

/** conc_reader_ladder_read_watched: reads that of @subject anew, which may be gone or none. */
gboolean
conc_reader_ladder_read_watched (ConcReaderLadder *ladder, const char *subject, GError **error)
{
  const char   *kept = conc_ladder_table_keep (ladder->table, subject);
  ConcDb       *db = conc_reader_get_db (ladder->reader);
  sqlite3_stmt *statement = conc_db_prepare (db, WATCH_SQL "WHERE w.subject = ?", error);
  ConcStep      step;

  if (statement == NULL || !conc_db_bind (db, statement, error, "t", subject))
    return FALSE;
  for (guint i = ladder->watched->len; i-- > 0;)
    if (g_array_index (ladder->watched, Watched, i).subject == kept)
      g_array_remove_index (ladder->watched, i);
  step = conc_db_step (db, statement, error);
  if (step == CONC_STEP_ROW)
    add_watched (ladder, statement);
  sqlite3_reset (statement);
  return step != CONC_STEP_FAILED;
}

/** conc_reader_ladder_fill_watched: gives the taps of second timers and rungs of select times to
 * the input of the ladder. */
void
conc_reader_ladder_fill_watched (ConcReaderLadder *ladder)
{
  ConcLadderInput *input = ladder->input;

  g_array_set_size (input->second, 0);
  for (guint i = 0; i < ladder->watched->len; i++)
    {
      const Watched *each = &g_array_index (ladder->watched, Watched, i);
      ConcLadderTap  tap = { (guint64) i + 1, each->at_usec };
      ConcLadderRung rung = { .bib = each->bib,
                              .at_usec = each->at_usec,
                              .spread_usec = SELECT_SPREAD_USEC };

      if (!each->is_select)
        g_array_append_val (input->second, tap);
      else if (each->bib != 0)
        g_array_append_val (input->rungs, rung);
    }
}
