/* gun-row.c: the gun of one wave: fires it, says when it was, corrects it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/gun-row.h"

#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n.h>

struct _ConcGunRow
{
  GtkWidget parent_instance;

  /* template */
  GtkButton       *fire_button;
  GtkToggleButton *correct_button;
  GtkRevealer     *correct_revealer;
  GtkEditable     *time_entry;
  GtkLabel        *title_label;
  GtkLabel        *state_label;
  GtkLabel        *trouble_label;

  /* owned */
  ConcSession *session;
  char        *wave;

  /* state */
  gint64 at_usec;
};

G_DEFINE_FINAL_TYPE (ConcGunRow, conc_gun_row, GTK_TYPE_WIDGET)

static void
set_trouble (ConcGunRow *self, const char *sentence)
{
  gtk_label_set_label (self->trouble_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_label), sentence != NULL);
}

static void
update_state (ConcGunRow *self)
{
  gboolean         is_fired = self->at_usec != CONC_NO_TIME;
  g_autofree char *clock = NULL;
  g_autofree char *text = NULL;

  if (is_fired)
    {
      clock = conc_time_format_clock (self->at_usec, conc_session_get_zone (self->session), 0);
      text = g_strdup_printf (_ ("Running since %s"), clock);
    }
  gtk_label_set_label (self->state_label, is_fired ? text : _ ("No gun yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->fire_button), !is_fired);
}

static void
gun_done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcGunRow      *self = user_data;
  g_autofree char *clock = NULL;
  g_autofree char *before = NULL;
  g_autofree char *title = conc_wave_dup_title (self->wave);
  g_autofree char *fact = NULL;
  g_autofree char *sentence = NULL;

  /* The page may have let go of the race meanwhile. */
  if (self->session == NULL)
    return;
  set_trouble (self, error != NULL ? error->message : NULL);
  if (receipt == NULL)
    return;
  clock = conc_time_format_clock (receipt->at_usec, conc_session_get_zone (session), 1);
  fact = conc_fact_id_to_text (&receipt->fact);
  gtk_toggle_button_set_active (self->correct_button, FALSE);
  gtk_editable_set_text (self->time_entry, "");
  if (receipt->previous_usec == CONC_NO_TIME)
    sentence = g_strdup_printf (_ ("%s: recorded at %s."), title, clock);
  else
    {
      before = conc_time_format_clock (receipt->previous_usec, conc_session_get_zone (session), 1);
      sentence = g_strdup_printf (_ ("%s: moved from %s to %s."), title, before, clock);
    }
  conc_session_say (session, sentence, fact);
}

static void
correct_cb (ConcGunRow *self)
{
  const char  *text = gtk_editable_get_text (self->time_entry);
  ConcCommand *command;

  if (*text == '\0')
    return;
  command = conc_command_new (CONC_COMMAND_GUN, conc_session_get_clock (self->session));
  command->wave = g_strdup (self->wave);
  command->when = g_strstrip (g_strdup (text));
  conc_session_submit (self->session, command, gun_done_cb, self);
}

static void
fire_cb (ConcGunRow *self)
{
  conc_gun_row_fire (self, NULL);
}

static void
correct_toggled_cb (ConcGunRow *self)
{
  if (!gtk_toggle_button_get_active (self->correct_button))
    {
      set_trouble (self, NULL);
      return;
    }
  if (self->at_usec != CONC_NO_TIME && *gtk_editable_get_text (self->time_entry) == '\0')
    {
      g_autofree char *clock =
          conc_time_format_clock (self->at_usec, conc_session_get_zone (self->session), 0);

      gtk_editable_set_text (self->time_entry, clock);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->time_entry));
}

static void
conc_gun_row_dispose (GObject *object)
{
  ConcGunRow *self = CONC_GUN_ROW (object);
  GtkWidget  *content = gtk_widget_get_first_child (GTK_WIDGET (self));

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
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, correct_button);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, correct_revealer);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, time_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGunRow, trouble_label);
  gtk_widget_class_bind_template_callback (widget_class, fire_cb);
  gtk_widget_class_bind_template_callback (widget_class, correct_cb);
  gtk_widget_class_bind_template_callback (widget_class, correct_toggled_cb);
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
  g_autofree char *correct = g_strdup_printf (_ ("Correct the time of the gun: %s"), title);

  self->session = g_object_ref (session);
  self->wave = g_strdup (wave);
  gtk_label_set_label (self->title_label, *wave == '\0' ? _ ("The race") : title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fire_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fire, -1);
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

/* At the time of the key that did it; NULL for now. */
void
conc_gun_row_fire (ConcGunRow *self, const ConcKeyTime *time)
{
  ConcCommand *command =
      conc_command_new (CONC_COMMAND_GUN, conc_session_get_clock (self->session));

  command->wave = g_strdup (self->wave);
  if (time != NULL && time->is_key_time)
    conc_command_set_key_time (command, time->wall_usec, time->monotonic_usec);
  conc_session_submit (self->session, command, gun_done_cb, self);
}
