/* station-row.c: a station of the race, as coordinators see it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/station-row.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define USEC_PER_CENTISECOND 10000
#define SILENT_SEC 10
#define MB_PER_GB 1000

struct _ConcStationRow
{
  GtkListBoxRow parent_instance;

  /* template */
  GtkImage  *image;
  GtkLabel  *name_label;
  GtkLabel  *role_label;
  GtkLabel  *details_label;
  GtkStack  *revoke_stack;
  GtkWidget *revoke_button;
  GtkWidget *keep_button;

  /* owned */
  char *id;
};

enum
{
  REVOKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcStationRow, conc_station_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_heard_words (gint64 usec_ago)
{
  int seconds = (int) (usec_ago / G_USEC_PER_SEC);

  if (usec_ago < 0)
    return g_strdup (_ ("Not heard yet"));
  if (seconds < 2)
    return g_strdup (_ ("Heard just now"));
  if (seconds < 120)
    return g_strdup_printf (_ ("Last heard %d s ago"), seconds);
  return g_strdup_printf (_ ("Last heard %d min ago"), seconds / 60);
}

/* Less than what is known of the clocks is said as what it is: the same. */
char *
conc_station_dup_clock_words (gint64 offset_usec, gint64 error_usec)
{
  gint64 distance = (ABS (offset_usec) + USEC_PER_CENTISECOND / 2) / USEC_PER_CENTISECOND;
  gint64 bound = (error_usec + USEC_PER_CENTISECOND - 1) / USEC_PER_CENTISECOND;

  if (distance == 0)
    return g_strdup_printf (_ ("clock like the hub's (± %d.%02d s)"), (int) (bound / 100),
                            (int) (bound % 100));
  return g_strdup_printf (offset_usec < 0
                              ? _ ("clock %" PRId64 ".%02d s (± %d.%02d) behind the hub")
                              : _ ("clock %" PRId64 ".%02d s (± %d.%02d) ahead of the hub"),
                          distance / 100, (int) (distance % 100), (int) (bound / 100),
                          (int) (bound % 100));
}

/* Takes @words. */
static void
add (GString *text, char *words)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
  g_free (words);
}

static char *
dup_details (const ConcPeer *peer)
{
  GString *text = g_string_new (NULL);

  add (text, dup_heard_words (peer->heard_usec_ago));
  if (peer->heard_usec_ago < 0)
    return g_string_free (text, FALSE);
  if (peer->n_waiting > 0)
    add (text, g_strdup_printf (ngettext ("%d entry waiting", "%d entries waiting",
                                          (gulong) peer->n_waiting),
                                (int) peer->n_waiting));
  else
    add (text, g_strdup (_ ("nothing waiting")));
  if (peer->n_refused > 0)
    add (text, g_strdup_printf (ngettext ("%d entry refused", "%d entries refused",
                                          (gulong) peer->n_refused),
                                (int) peer->n_refused));
  if (peer->offset_error_usec >= 0)
    add (text, conc_station_dup_clock_words (peer->offset_usec, peer->offset_error_usec));
  if (peer->battery_percent >= 0)
    add (text, g_strdup_printf (_ ("battery %d %%"), (int) peer->battery_percent));
  if (peer->disk_free_mb >= 0)
    add (text, g_strdup_printf (_ ("%d GB free"), (int) (peer->disk_free_mb / MB_PER_GB)));
  if (peer->version != NULL && *peer->version != '\0')
    add (text, g_strdup_printf (_ ("version %s"), peer->version));
  return g_string_free (text, FALSE);
}

static gboolean
is_silent (const ConcPeer *peer)
{
  return peer->heard_usec_ago < 0 || peer->heard_usec_ago > SILENT_SEC * G_USEC_PER_SEC;
}

void
conc_station_row_show (ConcStationRow *self, const ConcPeer *peer)
{
  g_autofree char *details = dup_details (peer);
  g_autofree char *revoke = g_strdup_printf (_ ("Revoke %s"), peer->name);

  gtk_label_set_label (self->name_label, peer->name);
  if (peer->role < CONC_N_ROLES)
    gtk_label_set_label (self->role_label, conc_role_get_label (peer->role));
  gtk_label_set_label (self->details_label, details);
  gtk_image_set_from_icon_name (self->image, is_silent (peer) ? "dialog-warning-symbolic"
                                                              : "emblem-ok-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->revoke_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, revoke, -1);
}

/* The first press only asks, in the row itself: nothing stands over other work. */
static void
ask_cb (ConcStationRow *self)
{
  gtk_stack_set_visible_child_name (self->revoke_stack, "sure");
  gtk_widget_grab_focus (self->keep_button);
}

static void
keep_cb (ConcStationRow *self)
{
  gtk_stack_set_visible_child_name (self->revoke_stack, "ask");
  gtk_widget_grab_focus (self->revoke_button);
}

static void
revoke_cb (ConcStationRow *self)
{
  gtk_stack_set_visible_child_name (self->revoke_stack, "ask");
  g_signal_emit (self, signals[REVOKE], 0, self->id);
}

static void
conc_station_row_finalize (GObject *object)
{
  g_free (CONC_STATION_ROW (object)->id);
  G_OBJECT_CLASS (conc_station_row_parent_class)->finalize (object);
}

static void
conc_station_row_class_init (ConcStationRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_station_row_finalize;
  signals[REVOKE] = g_signal_new ("revoke", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/sync/station-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcStationRow, image);
  gtk_widget_class_bind_template_child (widget_class, ConcStationRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ConcStationRow, role_label);
  gtk_widget_class_bind_template_child (widget_class, ConcStationRow, details_label);
  gtk_widget_class_bind_template_child (widget_class, ConcStationRow, revoke_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcStationRow, revoke_button);
  gtk_widget_class_bind_template_child (widget_class, ConcStationRow, keep_button);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, revoke_cb);
}

static void
conc_station_row_init (ConcStationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @is_self: this laptop, which nobody revokes here. */
GtkWidget *
conc_station_row_new (const char *id, gboolean is_self)
{
  ConcStationRow *self = g_object_new (CONC_TYPE_STATION_ROW, NULL);

  self->id = g_strdup (id);
  if (is_self)
    gtk_stack_set_visible_child_name (self->revoke_stack, "self");
  return GTK_WIDGET (self);
}

const char *
conc_station_row_get_id (ConcStationRow *self)
{
  return self->id;
}
