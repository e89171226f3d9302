/* board-reader.c: fills the boards of the projector from the results. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/board-reader.h"

#include "core/race-time.h"
#include "core/runner.h"

static int
get_list (ConcBoardKind kind)
{
  switch (kind)
    {
    case CONC_BOARD_WOMEN:
      return conc_list_of_sex (CONC_SEX_FEMALE);
    case CONC_BOARD_MEN:
      return conc_list_of_sex (CONC_SEX_MALE);
    case CONC_BOARD_NONBINARY:
      return conc_list_of_sex (CONC_SEX_NONBINARY);
    case CONC_BOARD_OVERALL:
    case CONC_BOARD_LATEST:
    case CONC_N_BOARDS:
    default:
      return CONC_LIST_OVERALL;
    }
}

/* The scoreboard holds public names only. A bib that nobody is registered for has none. */
static char *
dup_name (const ConcEntrant *entrant)
{
  if (entrant->name != NULL && *entrant->name != '\0')
    return g_strdup (entrant->name);
  return conc_public_name (NULL, NULL, FALSE, entrant->bib);
}

static ConcSceneRow *
create_row (const ConcResult *result, guint place, ConcRounding rounding)
{
  g_autofree char *place_text = g_strdup_printf ("%u", place);
  g_autofree char *name = dup_name (result->entrant);
  g_autofree char *time = result->rank_usec != CONC_NO_TIME
                              ? conc_duration_format (result->rank_usec, rounding)
                              : g_strdup ("—");

  return conc_scene_row_new (result->entrant->key, place_text, name, time);
}

static void
read_best (ConcScoreboard *scores, ConcSceneBoard *board, int list, guint max_rows)
{
  ConcRounding rounding = conc_scoreboard_get_rules (scores)->rounding;
  ConcResult   result;

  for (guint i = 0; i < max_rows && conc_scoreboard_get_row (scores, list, i, &result); i++)
    {
      guint place = list == CONC_LIST_OVERALL ? result.place : result.sex_place;

      g_ptr_array_add (board->rows, create_row (&result, place, rounding));
    }
}

/* Puts @result where it belongs among the latest, the newest first. */
static void
insert_latest (GArray *latest, const ConcResult *result, guint max_rows)
{
  guint place = latest->len;

  while (place > 0 &&
         g_array_index (latest, ConcResult, place - 1).finish_usec < result->finish_usec)
    place--;
  if (place >= max_rows)
    return;
  g_array_insert_val (latest, place, *result);
  if (latest->len > max_rows)
    g_array_set_size (latest, max_rows);
}

static void
read_latest (ConcScoreboard *scores, ConcSceneBoard *board, guint max_rows)
{
  g_autoptr (GArray) latest = g_array_new (FALSE, FALSE, sizeof (ConcResult));
  ConcRounding rounding = conc_scoreboard_get_rules (scores)->rounding;
  ConcResult   result;

  for (guint i = 0; i < board->n_finished; i++)
    if (conc_scoreboard_get_row (scores, CONC_LIST_OVERALL, i, &result) &&
        result.rank_usec != CONC_NO_TIME)
      insert_latest (latest, &result, max_rows);
  for (guint i = 0; i < latest->len; i++)
    {
      const ConcResult *one = &g_array_index (latest, ConcResult, i);

      g_ptr_array_add (board->rows, create_row (one, one->place, rounding));
    }
}

/* The first @max_rows of the board, or the latest finishers. In their rows stand public names. */
ConcSceneBoard *
conc_board_read (ConcScoreboard *scores, ConcBoardKind kind, const char *title, guint max_rows)
{
  ConcSceneBoard *board = conc_scene_board_new (title);
  int             list = get_list (kind);

  board->n_finished = conc_scoreboard_get_count (scores, list);
  if (kind == CONC_BOARD_LATEST)
    read_latest (scores, board, max_rows);
  else
    read_best (scores, board, list, max_rows);
  return board;
}
