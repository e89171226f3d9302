/* tap-row.c: one tap in the list of the timing table, and what became of it, in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/tap-row.h"

#include "core/race-time.h"

#include <glib/gi18n.h>

struct _ConcTapRow
{
  GObject parent_instance;

  /* owned */
  char *fact;
  char *bib_fact;
  char *runner_id;
  char *name;
  char *clock_text;
  char *race_text;
  char *state_text;

  /* state */
  gint64       at_usec;
  gint64       raw_usec;
  guint        bib;
  ConcTapState state;
};

enum
{
  PROP_BIB_TEXT = 1,
  PROP_NAME,
  PROP_CLOCK_TEXT,
  PROP_RACE_TEXT,
  PROP_STATE_TEXT,
  PROP_STATE,
  PROP_UNDO_TEXT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcTapRow, conc_tap_row, G_TYPE_OBJECT)

static void
set_text (ConcTapRow *self, char **member, char *text, int prop)
{
  g_autofree char *owned = text;

  if (g_strcmp0 (*member, owned) == 0)
    return;
  g_free (*member);
  *member = g_steal_pointer (&owned);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_state (ConcTapRow *self, ConcTapState state, char *text)
{
  set_text (self, &self->state_text, text, PROP_STATE_TEXT);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* The number of this crossing among those of its runner, and of those that count. */
static gboolean
find_crossing (ConcTapRow       *self,
               ConcScoreboard   *board,
               const char       *key,
               const ConcResult *result,
               ConcCrossingUse  *ret_use,
               guint            *ret_lap)
{
  guint                  count;
  const ConcCrossingUse *uses = conc_scoreboard_get_uses (board, key, &count);
  ConcFactId             fact;
  guint                  lap = 0;

  if (self->fact == NULL || !conc_fact_id_parse (self->fact, &fact))
    return FALSE;
  for (guint i = 0; uses != NULL && i < count && i < result->entrant->crossing_count; i++)
    {
      if (uses[i] < CONC_CROSSING_FIRST_IGNORED)
        lap++;
      if (conc_fact_id_equal (&result->entrant->crossings[i].fact, &fact))
        {
          *ret_use = uses[i];
          *ret_lap = lap;
          return TRUE;
        }
    }
  return FALSE;
}

static void
describe_use (ConcTapRow *self, const ConcResult *result, ConcCrossingUse use, guint lap)
{
  switch (use)
    {
    case CONC_CROSSING_LAP:
      set_state (self, CONC_TAP_GOOD,
                 g_strdup_printf (_ ("lap %u of %u"), lap, result->laps_needed));
      break;
    case CONC_CROSSING_FINISH:
      if (result->place > 0)
        set_state (self, CONC_TAP_GOOD, g_strdup_printf (_ ("finished, place %u"), result->place));
      else
        set_state (self, CONC_TAP_GOOD, g_strdup (_ ("finished")));
      break;
    case CONC_CROSSING_BEFORE_GUN:
      set_state (self, CONC_TAP_DOUBTFUL, g_strdup (_ ("before the gun: does not count")));
      break;
    case CONC_CROSSING_TOO_SOON:
      set_state (self, CONC_TAP_DOUBTFUL, g_strdup (_ ("too soon for a lap: does not count")));
      break;
    case CONC_CROSSING_AFTER_FINISH:
    default:
      set_state (self, CONC_TAP_DOUBTFUL, g_strdup (_ ("crossed again: the first counts")));
      break;
    }
}

static char *
dup_key (ConcTapRow *self)
{
  return self->runner_id != NULL ? g_strdup (self->runner_id)
                                 : g_strdup_printf ("bib:%u", self->bib);
}

static void
describe_with_bib (ConcTapRow *self, ConcScoreboard *board)
{
  g_autofree char *key = dup_key (self);
  ConcResult       result;
  ConcCrossingUse  use;
  guint            lap;

  if (self->runner_id == NULL)
    set_state (self, CONC_TAP_DOUBTFUL, g_strdup_printf (_ ("not registered: bib %u"), self->bib));
  else if (conc_scoreboard_get_result (board, key, &result) &&
           find_crossing (self, board, key, &result, &use, &lap))
    describe_use (self, &result, use, lap);
  else
    set_state (self, CONC_TAP_GOOD, g_strdup (_ ("recorded")));
}

/* The race time counts from the gun of the runner's wave, or else from the first gun. */
static char *
dup_race_text (ConcTapRow *self, ConcScoreboard *board)
{
  const char *wave = "";
  ConcResult  result;
  gint64      start_usec;

  if (self->runner_id != NULL && conc_scoreboard_get_result (board, self->runner_id, &result) &&
      result.entrant->wave != NULL)
    wave = result.entrant->wave;
  start_usec = conc_scoreboard_get_start (board, wave);
  if (start_usec == CONC_NO_TIME || self->at_usec < start_usec)
    return g_strdup ("");
  return conc_duration_format (self->at_usec - start_usec,
                               conc_scoreboard_get_rules (board)->rounding);
}

static const char *
get_undo_text (ConcTapRow *self)
{
  if (self->fact == NULL)
    return "";
  return self->bib_fact != NULL ? _ ("Take bib back") : _ ("Remove tap");
}

static void
conc_tap_row_finalize (GObject *object)
{
  ConcTapRow *self = CONC_TAP_ROW (object);

  g_free (self->fact);
  g_free (self->bib_fact);
  g_free (self->runner_id);
  g_free (self->name);
  g_free (self->clock_text);
  g_free (self->race_text);
  g_free (self->state_text);
  G_OBJECT_CLASS (conc_tap_row_parent_class)->finalize (object);
}

static void
conc_tap_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcTapRow *self = CONC_TAP_ROW (object);

  switch (id)
    {
    case PROP_BIB_TEXT:
      g_value_take_string (value,
                           self->bib > 0 ? g_strdup_printf ("%u", self->bib) : g_strdup ("—"));
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CLOCK_TEXT:
      g_value_set_string (value, self->clock_text);
      break;
    case PROP_RACE_TEXT:
      g_value_set_string (value, self->race_text);
      break;
    case PROP_STATE_TEXT:
      g_value_set_string (value, self->state_text);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_UNDO_TEXT:
      g_value_set_string (value, get_undo_text (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_tap_row_class_init (ConcTapRowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags reading = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = conc_tap_row_finalize;
  object_class->get_property = conc_tap_row_get_property;

  props[PROP_BIB_TEXT] = g_param_spec_string ("bib-text", NULL, NULL, NULL, reading);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, reading);
  props[PROP_CLOCK_TEXT] = g_param_spec_string ("clock-text", NULL, NULL, NULL, reading);
  props[PROP_RACE_TEXT] = g_param_spec_string ("race-text", NULL, NULL, NULL, reading);
  props[PROP_STATE_TEXT] = g_param_spec_string ("state-text", NULL, NULL, NULL, reading);
  props[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, CONC_TAP_DOUBTFUL, 0, reading);
  props[PROP_UNDO_TEXT] = g_param_spec_string ("undo-text", NULL, NULL, NULL, reading);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
conc_tap_row_init (ConcTapRow *self)
{
}

/* A tap that was pressed and is not on disk yet; @raw_usec is its time by the clock of this
 * station. */
ConcTapRow *
conc_tap_row_new_saving (gint64 at_usec, gint64 raw_usec)
{
  ConcTapRow *self = g_object_new (CONC_TYPE_TAP_ROW, NULL);

  self->at_usec = at_usec;
  self->raw_usec = raw_usec;
  self->state_text = g_strdup (_ ("saving…"));
  return self;
}

/* A tap that is on disk. */
ConcTapRow *
conc_tap_row_new (const ConcTap *tap)
{
  ConcTapRow *self = g_object_new (CONC_TYPE_TAP_ROW, NULL);

  conc_tap_row_set_tap (self, tap);
  return self;
}

/* Takes over what the race file says. conc_tap_row_describe() has to follow. */
void
conc_tap_row_set_tap (ConcTapRow *self, const ConcTap *tap)
{
  g_free (self->fact);
  self->fact = g_strdup (tap->fact);
  g_free (self->bib_fact);
  self->bib_fact = g_strdup (tap->bib_fact);
  g_free (self->runner_id);
  self->runner_id = g_strdup (tap->runner_id);
  self->at_usec = tap->at_usec;
  self->raw_usec = tap->raw_usec;
  set_text (self, &self->name, g_strdup (tap->runner_name), PROP_NAME);
  if (self->bib != tap->bib)
    {
      self->bib = tap->bib;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BIB_TEXT]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNDO_TEXT]);
}

/* The tap is not on disk, and will not be. */
void
conc_tap_row_set_failed (ConcTapRow *self, const char *sentence)
{
  set_state (self, CONC_TAP_FAILED, g_strdup_printf (_ ("NOT SAVED: %s"), sentence));
}

/* Says anew what became of the tap, after it or the standing of its runner changed. */
void
conc_tap_row_describe (ConcTapRow *self, ConcScoreboard *board, GTimeZone *zone)
{
  set_text (self, &self->clock_text, conc_time_format_clock (self->at_usec, zone, 1),
            PROP_CLOCK_TEXT);
  set_text (self, &self->race_text, dup_race_text (self, board), PROP_RACE_TEXT);
  if (self->fact == NULL)
    return;
  if (self->bib == 0)
    set_state (self, CONC_TAP_WAITING, g_strdup (_ ("recorded, no bib yet")));
  else
    describe_with_bib (self, board);
}

/* NULL while the tap is not on disk. */
const char *
conc_tap_row_get_fact (ConcTapRow *self)
{
  return self->fact;
}

/* What has to be undone to take one step back: the bib first, then the tap. */
const char *
conc_tap_row_get_undo_fact (ConcTapRow *self)
{
  return self->bib_fact != NULL ? self->bib_fact : self->fact;
}

gint64
conc_tap_row_get_at_usec (ConcTapRow *self)
{
  return self->at_usec;
}

gint64
conc_tap_row_get_raw_usec (ConcTapRow *self)
{
  return self->raw_usec;
}

guint
conc_tap_row_get_bib (ConcTapRow *self)
{
  return self->bib;
}

ConcTapState
conc_tap_row_get_state (ConcTapRow *self)
{
  return self->state;
}

const char *
conc_tap_row_get_state_text (ConcTapRow *self)
{
  return self->state_text;
}

/* Empty before the gun. */
const char *
conc_tap_row_get_race_text (ConcTapRow *self)
{
  return self->race_text != NULL ? self->race_text : "";
}
