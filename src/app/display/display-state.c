/* display-state.c: all that the display shows, read from the race. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/display-state.h"

#include "app/display/board-reader.h"
#include "app/display/tube.h"
#include "core/money.h"
#include "core/race-time.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#define CARDS "/org/notinourcity/Concourse/impact/cards.csv"
#define MAX_ROWS 10

/* The order of the rotation. The cards are one scene: each time it is the next card. */
static const guint playlist[] = { CONC_BOARD_OVERALL,  CONC_BOARD_LATEST, CONC_SCENE_MONEY,
                                  CONC_BOARD_WOMEN,    CONC_SCENE_IMPACT, CONC_BOARD_MEN,
                                  CONC_BOARD_NONBINARY };

static const char *const board_titles[CONC_N_BOARDS] = {
  [CONC_BOARD_OVERALL] = N_ ("All runners"),
  [CONC_BOARD_WOMEN] = N_ ("Women"),
  [CONC_BOARD_MEN] = N_ ("Men"),
  [CONC_BOARD_NONBINARY] = N_ ("Non-binary"),
  [CONC_BOARD_LATEST] = N_ ("Just finished"),
};

static GPtrArray *
load_cards (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (CARDS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  GPtrArray *cards = bytes != NULL ? conc_impact_cards_parse (bytes, NULL) : NULL;

  return cards != NULL ? cards : g_ptr_array_new ();
}

/* With the cards, and without a race. */
void
conc_display_state_init (ConcDisplayState *state)
{
  *state = (ConcDisplayState){ .cards = load_cards () };
  /* Coming to the cards goes on to the next one: the first is first. */
  state->card = state->cards->len > 0 ? state->cards->len - 1 : 0;
  state->frame.race_name = g_strdup ("");
  state->frame.clock = g_strdup ("");
  for (guint i = 0; i < CONC_N_BOARDS; i++)
    state->boards[i] = conc_scene_board_new (_ (board_titles[i]));
}

void
conc_display_state_clear (ConcDisplayState *state)
{
  g_clear_pointer (&state->frame.race_name, g_free);
  g_clear_pointer (&state->frame.clock, g_free);
  for (guint i = 0; i < CONC_N_BOARDS; i++)
    g_clear_pointer (&state->boards[i], conc_scene_board_free);
  g_clear_pointer (&state->cards, g_ptr_array_unref);
}

/* The time of day before the gun, the race's time after it, each with its name. */
static char *
dup_clock_text (ConcSession *session)
{
  gint64           now_usec = conc_clock_get_wall_usec (conc_session_get_race_clock (session));
  gint64           gun_usec = conc_session_get_counts (session)->first_gun_usec;
  gint64           seconds;
  g_autofree char *clock = NULL;

  if (gun_usec == CONC_NO_TIME || now_usec < gun_usec)
    {
      clock = conc_time_format_clock (now_usec, conc_session_get_zone (session), 0);
      /* Hours and minutes are enough before the race. */
      clock[strlen ("09:00")] = '\0';
      return g_strdup_printf (_ ("Now %s"), clock);
    }
  seconds = (now_usec - gun_usec) / G_USEC_PER_SEC;
  return g_strdup_printf (_ ("Race %d:%02d:%02d"), (int) (seconds / 3600),
                          (int) (seconds / 60 % 60), (int) (seconds % 60));
}

/* The race's name and the clock, as of now. */
void
conc_display_state_read_frame (ConcDisplayState *state, ConcSession *session)
{
  g_free (state->frame.race_name);
  state->frame.race_name =
      g_strdup (conc_settings_get (conc_session_get_settings (session), CONC_SETTING_NAME));
  g_free (state->frame.clock);
  state->frame.clock = dup_clock_text (session);
}

/* Returns one bit for each board that says something else than before. */
guint
conc_display_state_read_boards (ConcDisplayState *state, ConcSession *session)
{
  guint changed = 0;

  for (guint i = 0; i < CONC_N_BOARDS; i++)
    {
      ConcSceneBoard *board =
          conc_board_read (conc_session_get_scoreboard (session), i, _ (board_titles[i]), MAX_ROWS);

      if (conc_scene_board_equal (board, state->boards[i]))
        {
          conc_scene_board_free (board);
          continue;
        }
      changed |= 1u << i;
      conc_scene_board_free (state->boards[i]);
      state->boards[i] = board;
    }
  return changed;
}

void
conc_display_state_read_money (ConcDisplayState *state, ConcSession *session)
{
  const ConcCounts *counts = conc_session_get_counts (session);

  state->money.goal_cents = conc_settings_get_goal_cents (conc_session_get_settings (session));
  state->money.raised_cents = counts->raised_cents;
  state->money.matched_cents = counts->matched_cents;
  state->money.pledged_cents = counts->pledged_cents;
  state->money.fresh_cents = 0;
}

/* A scene with nothing on it is left out, but for the first. */
gboolean
conc_display_state_has_scene (const ConcDisplayState *state, guint scene)
{
  if (scene == CONC_BOARD_OVERALL)
    return TRUE;
  if (scene == CONC_SCENE_MONEY)
    return state->money.goal_cents > 0 || state->money.raised_cents > 0;
  if (scene == CONC_SCENE_IMPACT)
    return state->cards->len > 0;
  return state->boards[scene]->rows->len > 0;
}

/* The scene after or before @scene; coming to the cards it goes to the next of them too. */
guint
conc_display_state_step (ConcDisplayState *state, guint scene, int direction)
{
  const guint n_scenes = G_N_ELEMENTS (playlist);
  guint       position = 0;

  while (position < n_scenes && playlist[position] != scene)
    position++;
  do
    position = (position + n_scenes + (guint) direction) % n_scenes;
  while (!conc_display_state_has_scene (state, playlist[position]));
  if (playlist[position] == CONC_SCENE_IMPACT && state->cards->len > 0)
    state->card = (state->card + state->cards->len + (guint) direction) % state->cards->len;
  return playlist[position];
}

static void
append_board (GString *text, const ConcSceneBoard *board)
{
  g_string_append (text, board->title);
  for (guint i = 0; i < board->rows->len; i++)
    {
      const ConcSceneRow *row = board->rows->pdata[i];

      g_string_append_printf (text, "; %s %s %s", row->place, row->name, row->time);
    }
}

/* What a person who cannot see the screen is told is on it. */
char *
conc_display_state_dup_text (const ConcDisplayState *state, guint scene)
{
  GString *text = g_string_new (NULL);

  if (CONC_SCENE_IS_BOARD (scene))
    append_board (text, state->boards[scene]);
  else if (scene == CONC_SCENE_MONEY)
    {
      g_autofree char *raised = conc_money_format_short (state->money.raised_cents);
      g_autofree char *goal = conc_money_format_short (state->money.goal_cents);

      g_string_append_printf (text, _ ("Thermometer: %s raised of %s"), raised, goal);
    }
  else
    {
      const ConcImpactCard *card = state->cards->pdata[state->card];

      g_string_append_printf (text, "%s; %s; %s", card->figure, card->text, card->source);
    }
  return g_string_free (text, FALSE);
}

/* Draws everything but the bottom line. */
void
conc_display_state_draw_scene (const ConcDisplayState *state, guint scene, ConcCanvas *canvas)
{
  ConcBox room = conc_scene_get_room (canvas, &state->frame);

  conc_scene_draw_ground (canvas);
  if (CONC_SCENE_IS_BOARD (scene))
    conc_scene_draw_board (canvas, &room, state->boards[scene]);
  else if (scene == CONC_SCENE_MONEY)
    conc_scene_draw_money (canvas, &room, &state->money);
  else
    conc_scene_draw_impact (canvas, &room, state->cards->pdata[state->card]);
}
