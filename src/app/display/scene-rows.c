/* scene-rows.c: the rows of a board as values, and how they move to their new places. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/scene.h"

/**
 * conc_scene_row_new:
 * @id: tells the row apart from others; it is never shown
 * @place: "1"
 * @name: the public name
 * @time: the running time as text
 *
 * Returns: (transfer full): a row that stands still.
 */
ConcSceneRow *
conc_scene_row_new (const char *id, const char *place, const char *name, const char *time)
{
  ConcSceneRow *row = g_new0 (ConcSceneRow, 1);

  row->id = g_strdup (id);
  row->place = g_strdup (place);
  row->name = g_strdup (name);
  row->time = g_strdup (time);
  return row;
}

/** conc_scene_row_copy: Returns: (transfer full): a deep copy. */
ConcSceneRow *
conc_scene_row_copy (const ConcSceneRow *row)
{
  ConcSceneRow *copy = conc_scene_row_new (row->id, row->place, row->name, row->time);

  copy->is_new = row->is_new;
  copy->offset_rows = row->offset_rows;
  copy->slide = row->slide;
  return copy;
}

/** conc_scene_row_free: frees @row. */
void
conc_scene_row_free (ConcSceneRow *row)
{
  g_free (row->id);
  g_free (row->place);
  g_free (row->name);
  g_free (row->time);
  g_free (row);
}

/** conc_scene_board_new: Returns: (transfer full): a board named @title, without rows. */
ConcSceneBoard *
conc_scene_board_new (const char *title)
{
  ConcSceneBoard *board = g_new0 (ConcSceneBoard, 1);

  board->title = g_strdup (title);
  board->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_scene_row_free);
  return board;
}

/** conc_scene_board_free: frees @board; NULL is allowed. */
void
conc_scene_board_free (ConcSceneBoard *board)
{
  if (board == NULL)
    return;
  g_free (board->title);
  g_ptr_array_unref (board->rows);
  g_free (board);
}

static gboolean
rows_equal (const ConcSceneRow *a, const ConcSceneRow *b)
{
  return g_str_equal (a->id, b->id) && g_str_equal (a->place, b->place) &&
         g_str_equal (a->name, b->name) && g_str_equal (a->time, b->time);
}

/** conc_scene_board_equal: Returns: whether both say the same, wherever their rows are. */
gboolean
conc_scene_board_equal (const ConcSceneBoard *a, const ConcSceneBoard *b)
{
  if (a == NULL || b == NULL || a->n_finished != b->n_finished || a->rows->len != b->rows->len)
    return a == b;
  for (guint i = 0; i < a->rows->len; i++)
    if (!rows_equal (a->rows->pdata[i], b->rows->pdata[i]))
      return FALSE;
  return TRUE;
}

static int
find_row (const GPtrArray *rows, const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((ConcSceneRow *) rows->pdata[i])->id, id))
      return (int) i;
  return -1;
}

/**
 * conc_scene_ease:
 * @progress: 0 to 1
 *
 * Returns: 0 to 1, slow at the end, as what comes to rest.
 */
double
conc_scene_ease (double progress)
{
  double left = 1 - CLAMP (progress, 0.0, 1.0);

  return 1 - left * left * left;
}

/**
 * conc_scene_board_move:
 * @old_rows: (nullable): the rows that were shown before; NULL when there were none to compare
 * @progress: 0 at the beginning of the movement, 1 at its end
 *
 * Sets where the rows of @board are on their way: a row that was there moves from its old place,
 * one that was not slides in. At the end everything is in its place.
 */
void
conc_scene_board_move (ConcSceneBoard *board, const GPtrArray *old_rows, double progress)
{
  double left = 1 - conc_scene_ease (progress);

  for (guint i = 0; i < board->rows->len; i++)
    {
      ConcSceneRow *row = board->rows->pdata[i];
      int           old = old_rows != NULL ? find_row (old_rows, row->id) : (int) i;

      row->is_new = old < 0;
      row->slide = old < 0 ? left : 0;
      row->offset_rows = old < 0 ? 0 : (old - (int) i) * left;
    }
}
