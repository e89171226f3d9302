/* gun-row.c: the gun of one wave: fires or sets it, says when it was, corrects it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/gun-row.h"

#include "app/timing/gun-preview.h"
#include "app/timing/gun-take-row.h"
#include "core/gun-words.h"
#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n.h>

/* Typing goes on for a while before what is typed is a time. */
#define PREVIEW_AFTER_MSEC 250
/* A gun that is not fired yet is mostly set to a round time soon. */
#define ROUND_USEC (5 * 60 * G_USEC_PER_SEC)
/* A fraction is kept whole. */
#define EXACT_DIGITS 6

struct _ConcGunRow
{
  GtkWidget parent_instance;

  /* template */
  GtkButton       *fire_button;
  GtkButton       *compare_button;
  GtkToggleButton *correct_button;
  GtkRevealer     *correct_revealer;
  GtkEditable     *time_entry;
  GtkLabel        *title_label;
  GtkLabel        *state_label;
  GtkLabel        *preview_label;
  GtkLabel        *trouble_label;
  GtkBox          *takes;

  /* owned */
  ConcSession *session;
  char        *wave;

  /* state */
  gint64      at_usec;
  ConcGunDeed deed;
  gboolean    is_ours;  /* the gun that counts, or one that was seen, is of this station */
  gboolean    is_stale; /* another station may have taken the gun */
  guint       preview_source;
};

G_DEFINE_FINAL_TYPE (ConcGunRow, conc_gun_row, GTK_TYPE_WIDGET)

static void
set_trouble (ConcGunRow *self, const char *sentence)
{
  gtk_label_set_label (self->trouble_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), sentence != NULL);
}

static gint64
get_now (ConcGunRow *self)
{
  return conc_clock_get_wall_usec (conc_session_get_race_clock (self->session));
}

static ConcGunDeed
find_deed (ConcGunRow *self)
{
  if (self->at_usec == CONC_NO_TIME || self->at_usec > get_now (self))
    return CONC_GUN_DEED_FIRE;
  return self->is_ours ? CONC_GUN_DEED_NONE : CONC_GUN_DEED_COMPARE;
}

/* "Running since 09:00:00", "Set to 09:00:00, in 4:12", "No gun yet" */
static char *
describe_state (ConcGunRow *self)
{
  g_autofree char *clock = NULL;
  g_autofree char *wait = NULL;

  if (self->at_usec == CONC_NO_TIME)
    return g_strdup (_ ("No gun yet"));
  clock = conc_time_format_clock (self->at_usec, conc_session_get_zone (self->session), 0);
  if (self->deed != CONC_GUN_DEED_FIRE)
    return g_strdup_printf (_ ("Running since %s"), clock);
  wait = conc_duration_format (self->at_usec - get_now (self), CONC_ROUND_UP_SECOND);
  return g_strdup_printf (_ ("Set to %s, in %s"), clock, wait);
}

static void
update_state (ConcGunRow *self)
{
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return;
  self->deed = find_deed (self);
  text = describe_state (self);
  if (g_strcmp0 (gtk_label_get_label (self->state_label), text) != 0)
    gtk_label_set_label (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->fire_button), self->deed == CONC_GUN_DEED_FIRE);
  gtk_widget_set_visible (GTK_WIDGET (self->compare_button), self->deed == CONC_GUN_DEED_COMPARE);
}

/* ------------------------------------------------------------- what other stations took */

static void
use_cb (ConcGunRow *self, ConcGunTakeRow *row)
{
  g_autofree char *clock =
      conc_time_format_clock (conc_gun_take_row_get_at_usec (row),
                              conc_session_get_zone (self->session), EXACT_DIGITS);

  gtk_editable_set_text (self->time_entry, clock);
  gtk_toggle_button_set_active (self->correct_button, TRUE);
}

static void
clear_takes (ConcGunRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->takes))) != NULL)
    gtk_box_remove (self->takes, child);
}

static const char *
get_station_name (ConcGunRow *self, const ConcGunTake *take)
{
  if (strcmp (take->station, conc_race_file_get_station (conc_session_get_file (self->session))) ==
      0)
    return _ ("This station");
  return take->station_name != NULL ? take->station_name : take->station;
}

static void
add_take (ConcGunRow *self, const ConcGunTake *take)
{
  GtkWidget *row = conc_gun_take_row_new (take, get_station_name (self, take), self->at_usec);

  g_signal_connect_object (row, "use", G_CALLBACK (use_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->takes, row);
}

static void
load_takes (ConcGunRow *self)
{
  const char *ours = conc_race_file_get_station (conc_session_get_file (self->session));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) takes =
      conc_reader_list_gun_takes (conc_session_get_reader (self->session), self->wave, &error);

  self->is_stale = FALSE;
  self->is_ours = FALSE;
  clear_takes (self);
  for (guint i = 0; takes != NULL && i < takes->len; i++)
    {
      const ConcGunTake *take = takes->pdata[i];

      self->is_ours = self->is_ours || strcmp (take->station, ours) == 0;
      if (!take->counts)
        add_take (self, take);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->takes), takes != NULL && takes->len > 1);
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcGunRow *self)
{
  if ((what & (CONC_CHANGED_TIMING | CONC_CHANGED_STATIONS)) != 0 || subjects == NULL)
    self->is_stale = TRUE;
}

/* ------------------------------------------------------------- what another time changes */

static void
set_preview (ConcGunRow *self, const char *text)
{
  gtk_label_set_label (self->preview_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->preview_label), text != NULL);
}

static gboolean
preview_cb (gpointer user_data)
{
  ConcGunRow      *self = user_data;
  const char      *when = gtk_editable_get_text (self->time_entry);
  g_autofree char *text = NULL;

  self->preview_source = 0;
  if (self->session == NULL)
    return G_SOURCE_REMOVE;
  if (*when != '\0')
    text = conc_gun_preview_describe (self->session, self->wave, when);
  set_preview (self, text);
  return G_SOURCE_REMOVE;
}

static void
time_changed_cb (ConcGunRow *self)
{
  g_clear_handle_id (&self->preview_source, g_source_remove);
  self->preview_source = g_timeout_add (PREVIEW_AFTER_MSEC, preview_cb, self);
}

/* ------------------------------------------------------------- recording */

static char *
describe_done (ConcGunRow *self, ConcReceipt *receipt, const char *title)
{
  GTimeZone       *zone = conc_session_get_zone (self->session);
  g_autofree char *clock = conc_time_format_clock (receipt->at_usec, zone, 1);
  g_autofree char *before = NULL;

  if (receipt->previous_usec != CONC_NO_TIME)
    {
      before = conc_time_format_clock (receipt->previous_usec, zone, 1);
      return g_strdup_printf (_ ("%s: moved from %s to %s."), title, before, clock);
    }
  if (receipt->at_usec > get_now (self))
    return g_strdup_printf (_ ("%s: set to %s. It can be changed until then and after."), title,
                            clock);
  return g_strdup_printf (_ ("%s: recorded at %s."), title, clock);
}

static void
close_correction (ConcGunRow *self)
{
  gtk_toggle_button_set_active (self->correct_button, FALSE);
  gtk_editable_set_text (self->time_entry, "");
}

static void
seen_done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcGunRow      *self = user_data;
  g_autofree char *title = conc_wave_dup_title (self->wave);
  g_autofree char *difference = NULL;
  g_autofree char *fact = NULL;
  g_autofree char *sentence = NULL;

  if (self->session == NULL)
    return;
  set_trouble (self, error != NULL ? error->message : NULL);
  if (receipt == NULL)
    return;
  load_takes (self);
  update_state (self);
  difference = conc_gun_describe_difference (receipt->at_usec - receipt->previous_usec);
  fact = conc_fact_id_to_text (&receipt->fact);
  sentence =
      g_strdup_printf (_ ("%s was fired already. Recorded for comparison: %s."), title, difference);
  conc_session_say (session, sentence, fact);
}

static void
gun_done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcGunRow      *self = user_data;
  g_autofree char *title = conc_wave_dup_title (self->wave);
  g_autofree char *fact = NULL;
  g_autofree char *sentence = NULL;

  /* The page may have let go of the race meanwhile. */
  if (self->session == NULL)
    return;
  set_trouble (self, error != NULL ? error->message : NULL);
  if (receipt == NULL)
    return;
  close_correction (self);
  sentence = describe_done (self, receipt, title);
  fact = conc_fact_id_to_text (&receipt->fact);
  conc_session_say (session, sentence, fact);
}

static void
correct_cb (ConcGunRow *self)
{
  const char *text = gtk_editable_get_text (self->time_entry);

  if (*text != '\0')
    conc_session_submit (self->session,
                         conc_command_new_gun (CONC_COMMAND_GUN,
                                               conc_session_get_clock (self->session), self->wave,
                                               text),
                         gun_done_cb, self);
}

static void
fire_cb (ConcGunRow *self)
{
  conc_gun_row_fire (self, NULL);
}

/* The gun as it is; or the next round time, for a gun that is still to come. */
static char *
dup_proposal (ConcGunRow *self)
{
  gint64 at_usec = self->at_usec;

  if (at_usec == CONC_NO_TIME)
    at_usec = (get_now (self) / ROUND_USEC + 1) * ROUND_USEC;
  return conc_time_format_clock (at_usec, conc_session_get_zone (self->session), 0);
}

static void
correct_toggled_cb (ConcGunRow *self)
{
  if (!gtk_toggle_button_get_active (self->correct_button))
    {
      set_trouble (self, NULL);
      set_preview (self, NULL);
      return;
    }
  if (*gtk_editable_get_text (self->time_entry) == '\0')
    {
      g_autofree char *clock = dup_proposal (self);

      gtk_editable_set_text (self->time_entry, clock);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->time_entry));
}

static void
conc_gun_row_dispose (GObject *object)
{
  ConcGunRow *self = CONC_GUN_ROW (object);
  GtkWidget  *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_handle_id (&self->preview_source, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&self->wave, g_free);
  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_GUN_ROW);
  G_OBJECT_CLASS (conc_gun_row_parent_class)->dispose (object);
}

static void
conc_gun_row_class_init (ConcGunRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_gun_row_dispose;

  gtk_widget_class_set_css_name (widget_class, "gun");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/timing/gun-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, fire_button);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, compare_button);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, correct_button);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, correct_revealer);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, time_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, preview_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, takes);
  gtk_widget_class_bind_template_callback (widget_class, fire_cb);
  gtk_widget_class_bind_template_callback (widget_class, correct_cb);
  gtk_widget_class_bind_template_callback (widget_class, correct_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_changed_cb);
}

static void
conc_gun_row_init (ConcGunRow *self)
{
  self->at_usec = CONC_NO_TIME;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @wave is "" for the race's own gun. */
GtkWidget *
conc_gun_row_new (ConcSession *session, const char *wave)
{
  ConcGunRow      *self = g_object_new (CONC_TYPE_GUN_ROW, NULL);
  g_autofree char *title = conc_wave_dup_title (wave);
  g_autofree char *fire = g_strdup_printf (_ ("Fire the gun: %s"), title);
  g_autofree char *compare = g_strdup_printf (_ ("Record the gun for comparison: %s"), title);
  g_autofree char *correct = g_strdup_printf (_ ("Correct the time of the gun: %s"), title);

  self->session = g_object_ref (session);
  self->wave = g_strdup (wave);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
  gtk_label_set_label (self->title_label, *wave == '\0' ? _ ("The race") : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fire_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fire, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->compare_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, compare, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->correct_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, correct, -1);
  update_state (self);
  return GTK_WIDGET (self);
}

const char *
conc_gun_row_get_wave (ConcGunRow *self)
{
  return self->wave;
}

/* CONC_NO_TIME before the gun. */
gint64
conc_gun_row_get_at_usec (ConcGunRow *self)
{
  return self->at_usec;
}

void
conc_gun_row_set_at_usec (ConcGunRow *self, gint64 at_usec)
{
  self->at_usec = at_usec;
  load_takes (self);
  update_state (self);
}

/* What the button and the key of the gun do now. */
ConcGunDeed
conc_gun_row_get_deed (ConcGunRow *self)
{
  return self->deed;
}

/* Once a second: a gun that was set comes nearer, and others may have taken this one. */
void
conc_gun_row_tick (ConcGunRow *self)
{
  if (self->is_stale)
    load_takes (self);
  update_state (self);
}

/* The gun that is to be fired next is the one that catches the eye. */
void
conc_gun_row_set_is_next (ConcGunRow *self, gboolean is_next)
{
  if (is_next)
    gtk_widget_add_css_class (GTK_WIDGET (self->fire_button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->fire_button), "suggested-action");
}

/* At the time of the key that did it; NULL for now. A gun that another station has fired is
 * recorded for comparison. */
void
conc_gun_row_fire (ConcGunRow *self, const ConcKeyTime *time)
{
  gboolean     is_seen = find_deed (self) == CONC_GUN_DEED_COMPARE;
  ConcCommand *command =
      conc_command_new_gun (is_seen ? CONC_COMMAND_GUN_SEEN : CONC_COMMAND_GUN,
                            conc_session_get_clock (self->session), self->wave, NULL);

  if (time != NULL && time->is_key_time)
    conc_command_set_key_time (command, time->wall_usec, time->monotonic_usec);
  conc_session_submit (self->session, command, is_seen ? seen_done_cb : gun_done_cb, self);
}
