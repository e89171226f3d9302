/* expected-tiles.c: who comes to the line next in a race of laps, and what to call out to them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/expected-tiles.h"

#include "app/timing/expected-tile.h"
#include "core/expected-next.h"
#include "core/lap-call.h"
#include "core/race-time.h"
#include "store/reader-problems.h"

#include <glib/gi18n.h>

#define N_TILES 9
/* So many previous laps are shown; the newest is the last. */
#define LAPS_SHOWN 3
/* Changes are gathered for this long, so that a burst is read once. */
#define GATHER_MSEC 30

struct _ConcExpectedTiles
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel  *call_label;
  GtkLabel  *nobody_label;
  GtkWidget *tiles;

  /* owned */
  ConcSession *session;
  GHashTable  *changed; /* of facts that may be crossings */
  GPtrArray   *runners; /* of ConcOnCourse; NULL until it is read */
  char        *called;  /* the crossing that was called out last */

  /* borrowed */
  GtkWidget          *window;
  GtkEventController *keys;

  /* state */
  gint64 called_usec;
  guint  gather_source;
  guint  tick_source;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

enum
{
  CROSS,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcExpectedTiles, conc_expected_tiles, GTK_TYPE_WIDGET)

static gboolean
has_laps (ConcExpectedTiles *self)
{
  return self->session != NULL && conc_rules_get_most_laps (conc_scoreboard_get_rules (
                                      conc_session_get_scoreboard (self->session))) > 1;
}

/* ------------------------------------------------------------- who is expected */

/* The laps of a runner, the first from the start: those that count, one after the other. */
static GArray *
list_laps (ConcExpectedTiles *self, const ConcOnCourse *runner, guint *ret_needed)
{
  ConcScoreboard        *board = conc_session_get_scoreboard (self->session);
  GArray                *laps = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64                 last_usec = runner->start_usec;
  guint                  count;
  const ConcCrossingUse *uses = conc_scoreboard_get_uses (board, runner->id, &count);
  ConcResult             result;

  *ret_needed = 0;
  if (uses == NULL || !conc_scoreboard_get_result (board, runner->id, &result))
    return laps;
  *ret_needed = result.laps_needed;
  for (guint i = 0; i < count; i++)
    {
      gint64 at_usec = result.entrant->crossings[i].at_usec;
      gint64 lap_usec = at_usec - last_usec;

      if (uses[i] >= CONC_CROSSING_FIRST_IGNORED)
        continue;
      if (last_usec != CONC_NO_TIME && lap_usec > 0)
        g_array_append_val (laps, lap_usec);
      last_usec = at_usec;
    }
  return laps;
}

static GArray *
rank (ConcExpectedTiles *self, gint64 now_usec)
{
  GArray *ranked = g_array_sized_new (FALSE, FALSE, sizeof (ConcExpected), self->runners->len);

  for (guint i = 0; i < self->runners->len; i++)
    {
      const ConcOnCourse *runner = self->runners->pdata[i];
      guint               needed;
      g_autoptr (GArray) laps = NULL;
      ConcExpected expected = { .index = i, .bib = runner->bib };

      if (runner->bib == 0)
        continue;
      laps = list_laps (self, runner, &needed);
      expected.lap_usec = conc_usual_lap ((const gint64 *) laps->data, laps->len);
      expected.last_usec =
          runner->last_usec != CONC_NO_TIME ? runner->last_usec : runner->start_usec;
      g_array_append_val (ranked, expected);
    }
  conc_expected_rank (ranked, now_usec);
  return ranked;
}

/* "4:01 4:05" */
static char *
describe_previous (const GArray *laps)
{
  GString *text = g_string_new (NULL);
  guint    first = laps->len > LAPS_SHOWN ? laps->len - LAPS_SHOWN : 0;

  for (guint i = first; i < laps->len; i++)
    {
      g_autofree char *lap =
          conc_duration_format (g_array_index (laps, gint64, i), CONC_ROUND_UP_SECOND);

      g_string_append_printf (text, "%s%s", i > first ? " " : "", lap);
    }
  return g_string_free (text, FALSE);
}

/* "in 0:12", "0:05 late", "late" of who was perhaps missed, or nothing. */
static char *
describe_due (const ConcExpected *expected, gint64 now_usec)
{
  gint64           wait_usec = expected->due_usec - now_usec;
  g_autofree char *wait = NULL;

  if (expected->due_usec == CONC_NO_TIME)
    return g_strdup ("");
  wait = conc_duration_format (ABS (wait_usec), CONC_ROUND_UP_SECOND);
  return wait_usec >= 0 ? g_strdup_printf (_ ("in %s"), wait)
                        : g_strdup_printf (_ ("%s late"), wait);
}

static void
fill_tile (ConcExpectedTiles  *self,
           ConcExpectedTile   *tile,
           const ConcExpected *expected,
           gint64              now_usec)
{
  const ConcOnCourse *runner = self->runners->pdata[expected->index];
  guint               needed;
  g_autoptr (GArray) laps = list_laps (self, runner, &needed);
  g_autofree char *done = needed > 0 ? g_strdup_printf (_ ("%u of %u"), runner->laps_done, needed)
                                     : g_strdup (_ ("no lap yet"));
  g_autofree char *previous = describe_previous (laps);
  g_autofree char *due = describe_due (expected, now_usec);

  conc_expected_tile_set (tile, runner->bib, runner->name, done, previous, due);
}

static void
show_tiles (ConcExpectedTiles *self)
{
  gint64 now_usec = conc_clock_get_wall_usec (conc_session_get_race_clock (self->session));
  g_autoptr (GArray) ranked = rank (self, now_usec);
  GtkWidget *tile = gtk_widget_get_first_child (self->tiles);

  for (guint i = 0; tile != NULL; i++, tile = gtk_widget_get_next_sibling (tile))
    if (i < ranked->len)
      fill_tile (self, CONC_EXPECTED_TILE (tile), &g_array_index (ranked, ConcExpected, i),
                 now_usec);
    else
      conc_expected_tile_clear (CONC_EXPECTED_TILE (tile));
  gtk_widget_set_visible (GTK_WIDGET (self->nobody_label), ranked->len == 0);
}

/* ------------------------------------------------------------- what is called out */

static gboolean
find_use (ConcScoreboard *board, const char *key, const char *fact, ConcCrossingUse *ret_use)
{
  ConcResult             result;
  guint                  count;
  const ConcCrossingUse *uses = conc_scoreboard_get_uses (board, key, &count);
  ConcFactId             id;

  if (uses == NULL || !conc_scoreboard_get_result (board, key, &result) ||
      !conc_fact_id_parse (fact, &id))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (conc_fact_id_equal (&result.entrant->crossings[i].fact, &id))
      {
        *ret_use = uses[i];
        return TRUE;
      }
  return FALSE;
}

/* "214  Ann Lee: 2 laps to go"; NULL when the crossing is gone. */
static char *
describe_call (ConcExpectedTiles *self)
{
  ConcScoreboard *board = conc_session_get_scoreboard (self->session);
  g_autoptr (ConcTap) tap = NULL;
  g_autofree char *key = NULL;
  g_autofree char *words = NULL;
  ConcResult       result;
  ConcCrossingUse  use;

  if (self->called != NULL)
    tap = conc_reader_get_tap (conc_session_get_reader (self->session), self->called, NULL);
  if (tap == NULL || tap->bib == 0)
    return NULL;
  key = tap->runner_id != NULL ? g_strdup (tap->runner_id) : g_strdup_printf ("bib:%u", tap->bib);
  if (!find_use (board, key, tap->fact, &use) || !conc_scoreboard_get_result (board, key, &result))
    return NULL;
  words = conc_lap_call_describe (&result, use);
  return g_strdup_printf (_ ("%u  %s: %s"), tap->bib,
                          tap->runner_name != NULL ? tap->runner_name : _ ("not registered"),
                          words);
}

/* Of the crossings that just came, the one that is the latest at the line. */
static void
find_called (ConcExpectedTiles *self)
{
  GHashTableIter iter;
  gpointer       fact;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &fact, NULL))
    {
      g_autoptr (ConcTap) tap =
          conc_reader_get_tap (conc_session_get_reader (self->session), fact, NULL);

      if (tap == NULL || tap->bib == 0 ||
          (self->called != NULL && tap->at_usec < self->called_usec))
        continue;
      g_free (self->called);
      self->called = g_strdup (fact);
      self->called_usec = tap->at_usec;
    }
  g_hash_table_remove_all (self->changed);
}

/* A line stays there when there is nothing to say, so that nothing below it moves. */
static void
show_call (ConcExpectedTiles *self)
{
  g_autofree char *text = describe_call (self);

  if (text == NULL)
    g_clear_pointer (&self->called, g_free);
  gtk_label_set_label (self->call_label, text != NULL ? text : " ");
}

/* ------------------------------------------------------------- keeping it */

static void
read_runners (ConcExpectedTiles *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runners =
      conc_reader_list_on_course (conc_session_get_reader (self->session),
                                  conc_session_get_scoreboard (self->session), &error);

  if (runners == NULL)
    {
      conc_session_fail (self->session, error->message);
      return;
    }
  g_clear_pointer (&self->runners, g_ptr_array_unref);
  self->runners = g_steal_pointer (&runners);
}

static void
update (ConcExpectedTiles *self)
{
  gboolean shown = has_laps (self);

  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  if (!shown)
    return;
  find_called (self);
  show_call (self);
  read_runners (self);
  if (self->runners != NULL)
    show_tiles (self);
}

static gboolean
gather_cb (gpointer user_data)
{
  ConcExpectedTiles *self = user_data;

  self->gather_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcExpectedTiles *self)
{
  ConcFactId id;

  if (subjects != NULL &&
      (what & (CONC_CHANGED_TIMING | CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS)) == 0)
    return;
  for (char **subject = subjects; subject != NULL && *subject != NULL; subject++)
    if (has_laps (self) && conc_fact_id_parse (*subject, &id))
      g_hash_table_add (self->changed, g_strdup (*subject));
  if (self->gather_source == 0)
    self->gather_source = g_timeout_add (GATHER_MSEC, gather_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  ConcExpectedTiles *self = user_data;

  if (self->session != NULL && self->runners != NULL)
    show_tiles (self);
  return G_SOURCE_CONTINUE;
}

static void
set_session (ConcExpectedTiles *self, ConcSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->gather_source, g_source_remove);
  g_clear_pointer (&self->runners, g_ptr_array_unref);
  g_clear_pointer (&self->called, g_free);
  g_hash_table_remove_all (self->changed);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect (session, "changed", G_CALLBACK (session_changed_cb), self);
  update (self);
}

/* ------------------------------------------------------------- keys */

static void
cross_cb (ConcExpectedTiles *self, guint bib, guint event_msec)
{
  g_signal_emit (self, signals[CROSS], 0, bib, event_msec);
}

static guint
get_digit (guint keyval)
{
  if (keyval >= GDK_KEY_1 && keyval <= GDK_KEY_9)
    return keyval - GDK_KEY_0;
  return keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_9 ? keyval - GDK_KEY_KP_0 : 0;
}

/* With Alt the digits change the page. */
static gboolean
key_cb (ConcExpectedTiles *self, guint keyval, guint keycode, GdkModifierType modifiers)
{
  guint      digit = get_digit (keyval);
  GtkWidget *tile = gtk_widget_get_first_child (self->tiles);

  if (digit == 0 || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != GDK_CONTROL_MASK ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  while (--digit > 0 && tile != NULL)
    tile = gtk_widget_get_next_sibling (tile);
  if (tile != NULL && conc_expected_tile_get_bib (CONC_EXPECTED_TILE (tile)) > 0)
    cross_cb (self, conc_expected_tile_get_bib (CONC_EXPECTED_TILE (tile)),
              gtk_event_controller_get_current_event_time (self->keys));
  return TRUE;
}

static void
detach_keys (ConcExpectedTiles *self)
{
  if (self->window == NULL)
    return;
  gtk_widget_remove_controller (self->window, self->keys);
  self->window = NULL;
  self->keys = NULL;
}

static void
attach_keys (ConcExpectedTiles *self)
{
  detach_keys (self);
  self->window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (self->window, self->keys);
}

/* ------------------------------------------------------------- the class */

static void
conc_expected_tiles_map (GtkWidget *widget)
{
  ConcExpectedTiles *self = CONC_EXPECTED_TILES (widget);

  GTK_WIDGET_CLASS (conc_expected_tiles_parent_class)->map (widget);
  attach_keys (self);
  tick_cb (self);
  self->tick_source = g_timeout_add_seconds (1, tick_cb, self);
}

static void
conc_expected_tiles_unmap (GtkWidget *widget)
{
  ConcExpectedTiles *self = CONC_EXPECTED_TILES (widget);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  detach_keys (self);
  GTK_WIDGET_CLASS (conc_expected_tiles_parent_class)->unmap (widget);
}

static void
conc_expected_tiles_dispose (GObject *object)
{
  ConcExpectedTiles *self = CONC_EXPECTED_TILES (object);
  GtkWidget         *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->gather_source, g_source_remove);
  detach_keys (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->runners, g_ptr_array_unref);
  g_clear_pointer (&self->called, g_free);
  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_EXPECTED_TILES);
  G_OBJECT_CLASS (conc_expected_tiles_parent_class)->dispose (object);
}

static void
conc_expected_tiles_finalize (GObject *object)
{
  g_hash_table_unref (CONC_EXPECTED_TILES (object)->changed);
  G_OBJECT_CLASS (conc_expected_tiles_parent_class)->finalize (object);
}

static void
conc_expected_tiles_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_EXPECTED_TILES (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_expected_tiles_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_EXPECTED_TILES (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_expected_tiles_class_init (ConcExpectedTilesClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_expected_tiles_dispose;
  object_class->finalize = conc_expected_tiles_finalize;
  object_class->get_property = conc_expected_tiles_get_property;
  object_class->set_property = conc_expected_tiles_set_property;
  widget_class->map = conc_expected_tiles_map;
  widget_class->unmap = conc_expected_tiles_unmap;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CROSS] = g_signal_new ("cross", CONC_TYPE_EXPECTED_TILES, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  g_type_ensure (CONC_TYPE_EXPECTED_TILE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/timing/expected-tiles.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTiles, call_label);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTiles, nobody_label);
  gtk_widget_class_bind_template_child (widget_class, ConcExpectedTiles, tiles);
  gtk_widget_class_bind_template_callback (widget_class, cross_cb);
}

static void
conc_expected_tiles_init (ConcExpectedTiles *self)
{
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}
