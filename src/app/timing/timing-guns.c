/* timing-guns.c: the guns of the timing page, and the clock that runs from them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/timing-page-private.h"

#include "core/race-time.h"

#include <glib/gi18n.h>

/* The last position of the choice means nothing but "the first of all". */
#define CHOICE_FIRST_GUN 0u

#define RECENT_USEC (30 * G_USEC_PER_SEC)

static ConcGunRow *
get_row (ConcTimingPage *self, guint index)
{
  return self->gun_rows->pdata[index];
}

static void
clear_guns (ConcTimingPage *self)
{
  for (guint i = 0; i < self->gun_rows->len; i++)
    gtk_box_remove (self->guns, self->gun_rows->pdata[i]);
  g_ptr_array_set_size (self->gun_rows, 0);
}

static void
add_gun (ConcTimingPage *self, const char *wave)
{
  GtkWidget *row = conc_gun_row_new (self->session, wave);

  gtk_box_append (self->guns, row);
  g_ptr_array_add (self->gun_rows, row);
}

static void
fill_choice (ConcTimingPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("First gun"));
  for (guint i = 0; i < self->gun_rows->len; i++)
    {
      g_autofree char *title = conc_wave_dup_title (conc_gun_row_get_wave (get_row (self, i)));

      gtk_string_list_append (names, title);
    }
  gtk_drop_down_set_model (self->wave_choice, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->wave_choice), self->gun_rows->len > 1);
}

/* The bus shows the button in the choice as a control of its own, without a name. */
void
conc_timing_page_init_guns (ConcTimingPage *self)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->wave_choice));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The gun that the clock counts from"), -1);
}

static GPtrArray *
read_guns (ConcTimingPage *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *guns = conc_reader_list_guns (conc_session_get_reader (self->session), &error);

  if (guns == NULL)
    conc_session_fail (self->session, error->message);
  return guns;
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* The waves, and whatever else has a gun, as one from the command line may; else the race itself.
 */
static GPtrArray *
list_names (ConcTimingPage *self, GPtrArray *guns)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) waves = conc_reader_list_waves (conc_session_get_reader (self->session), &error);

  if (waves == NULL)
    conc_session_fail (self->session, error->message);
  for (char **wave = waves; wave != NULL && *wave != NULL; wave++)
    if (**wave != '\0')
      add_name (names, *wave);
  for (guint i = 0; i < guns->len; i++)
    add_name (names, ((ConcGun *) guns->pdata[i])->wave);
  if (names->len == 0)
    add_name (names, "");
  return names;
}

static gboolean
has_rows (ConcTimingPage *self, GPtrArray *names)
{
  if (self->gun_rows->len != names->len)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (!g_str_equal (conc_gun_row_get_wave (get_row (self, i)), names->pdata[i]))
      return FALSE;
  return TRUE;
}

/* Rows that are right already stay: somebody may be typing a time into one. */
static void
add_all_guns (ConcTimingPage *self, GPtrArray *guns)
{
  g_autoptr (GPtrArray) names = list_names (self, guns);

  if (has_rows (self, names))
    return;
  clear_guns (self);
  for (guint i = 0; i < names->len; i++)
    add_gun (self, names->pdata[i]);
  fill_choice (self);
}

/* The first wave, in their order, of which a press does @deed; NULL when there is none. */
static ConcGunRow *
find_gun (ConcTimingPage *self, ConcGunDeed deed)
{
  for (guint i = 0; i < self->gun_rows->len; i++)
    if (conc_gun_row_get_deed (get_row (self, i)) == deed)
      return get_row (self, i);
  return NULL;
}

/* A gun that another station took a moment ago: a press here is meant for that one, and not for
 * the next wave. */
static ConcGunRow *
find_recent_gun (ConcTimingPage *self, gint64 now_usec)
{
  for (guint i = 0; i < self->gun_rows->len; i++)
    if (conc_gun_row_get_deed (get_row (self, i)) == CONC_GUN_DEED_COMPARE &&
        now_usec - conc_gun_row_get_at_usec (get_row (self, i)) < RECENT_USEC)
      return get_row (self, i);
  return NULL;
}

/* Before the first gun the next step is that gun, after it the taps. */
static void
show_next_step (ConcTimingPage *self, gboolean has_gun)
{
  ConcGunRow *next = find_gun (self, CONC_GUN_DEED_FIRE);

  for (guint i = 0; i < self->gun_rows->len; i++)
    conc_gun_row_set_is_next (get_row (self, i), get_row (self, i) == next);
  adw_status_page_set_title (self->empty_page,
                             has_gun ? _ ("Press Space when somebody crosses the line")
                                     : _ ("Press Ctrl+G when the race starts"));
  adw_status_page_set_description (
      self->empty_page, has_gun ? _ ("Each tap appears here with its time. Then type the bib and "
                                     "press Enter: it goes to the oldest tap without one.")
                                : _ ("Or press the button Gun. Then press Space when somebody "
                                     "crosses the line: each tap appears here with its time."));
}

static void
take_times (ConcTimingPage *self, GPtrArray *guns)
{
  for (guint i = 0; i < self->gun_rows->len; i++)
    {
      gint64 at_usec = CONC_NO_TIME;

      for (guint k = 0; k < guns->len; k++)
        {
          const ConcGun *gun = guns->pdata[k];

          if (g_str_equal (gun->wave, conc_gun_row_get_wave (get_row (self, i))))
            at_usec = gun->at_usec;
        }
      conc_gun_row_set_at_usec (get_row (self, i), at_usec);
    }
  show_next_step (self, guns->len > 0);
}

/* After the waves may have changed, or a gun was fired, corrected or undone. */
void
conc_timing_page_load_guns (ConcTimingPage *self)
{
  g_autoptr (GPtrArray) guns = read_guns (self);

  if (guns == NULL)
    return;
  add_all_guns (self, guns);
  take_times (self, guns);
  conc_timing_page_update_clock (self);
}

static ConcGunRow *
find_first_gun (ConcTimingPage *self)
{
  ConcGunRow *first = NULL;

  for (guint i = 0; i < self->gun_rows->len; i++)
    {
      gint64 at_usec = conc_gun_row_get_at_usec (get_row (self, i));

      if (at_usec != CONC_NO_TIME && (first == NULL || at_usec < conc_gun_row_get_at_usec (first)))
        first = get_row (self, i);
    }
  return first;
}

/* "Wave A running since 09:00:00", "No gun yet. The clock shows the time of day." */
static char *
describe_clock (ConcTimingPage *self, ConcGunRow *row)
{
  g_autofree char *title = NULL;
  g_autofree char *clock = NULL;

  if (row == NULL || conc_gun_row_get_at_usec (row) == CONC_NO_TIME)
    return g_strdup (_ ("No gun yet. The clock shows the time of day."));
  clock = conc_time_format_clock (conc_gun_row_get_at_usec (row),
                                  conc_session_get_zone (self->session), 0);
  if (conc_gun_row_get_deed (row) == CONC_GUN_DEED_FIRE)
    return g_strdup_printf (_ ("The gun is set to %s. The clock counts down to it."), clock);
  if (*conc_gun_row_get_wave (row) == '\0')
    return g_strdup_printf (_ ("Race running since %s"), clock);
  title = conc_wave_dup_title (conc_gun_row_get_wave (row));
  return g_strdup_printf (_ ("%s running since %s"), title, clock);
}

/* After a gun or the choice of the wave changed. */
void
conc_timing_page_update_clock (ConcTimingPage *self)
{
  guint            choice = gtk_drop_down_get_selected (self->wave_choice);
  ConcGunRow      *row;
  g_autofree char *state = NULL;

  if (self->session == NULL)
    return;
  row = choice == CHOICE_FIRST_GUN || choice > self->gun_rows->len ? find_first_gun (self)
                                                                   : get_row (self, choice - 1);
  state = describe_clock (self, row);
  if (strcmp (gtk_label_get_label (self->state_label), state) != 0)
    gtk_label_set_label (self->state_label, state);
  conc_race_clock_set_start (self->clock,
                             row != NULL ? conc_gun_row_get_at_usec (row) : CONC_NO_TIME);
}

/* Once a second. */
void
conc_timing_page_tick_guns (ConcTimingPage *self)
{
  ConcGunRow *next;

  for (guint i = 0; i < self->gun_rows->len; i++)
    conc_gun_row_tick (get_row (self, i));
  next = find_gun (self, CONC_GUN_DEED_FIRE);
  for (guint i = 0; i < self->gun_rows->len; i++)
    conc_gun_row_set_is_next (get_row (self, i), get_row (self, i) == next);
  conc_timing_page_update_clock (self);
}

/* The gun of the first wave that has none yet; or one that another station took, for comparison. */
void
conc_timing_page_fire_next (ConcTimingPage *self, guint32 event_msec)
{
  ConcKeyTime time = conc_key_time_read (event_msec, conc_session_get_clock (self->session));
  ConcClock  *clock = conc_session_get_race_clock (self->session);
  ConcGunRow *next = find_recent_gun (self, conc_clock_get_wall_usec (clock));

  if (next == NULL)
    next = find_gun (self, CONC_GUN_DEED_FIRE);
  if (next == NULL)
    next = find_gun (self, CONC_GUN_DEED_COMPARE);
  if (next != NULL)
    conc_gun_row_fire (next, &time);
  else
    conc_timing_page_say (self, _ ("Every gun was fired already. To correct one, give its time."),
                          TRUE);
}
