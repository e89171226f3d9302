/* stick-bar.c: offers to exchange when a stick with a pack of this race is plugged in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/stick-bar.h"

#include "app/accessible.h"
#include "app/sync/stick-job.h"

#include <glib/gi18n.h>

struct _ConcStickBar
{
  AdwBin parent_instance;

  /* template */
  GtkInfoBar *bar;
  GtkLabel   *label;
  GtkWidget  *exchange_button;

  /* owned */
  ConcSession    *session;
  GVolumeMonitor *monitor;
  char           *folder; /* of the stick that is offered */
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcStickBar, conc_stick_bar, ADW_TYPE_BIN)

static void
show (ConcStickBar *self, const char *sentence, gboolean is_offer)
{
  gtk_label_set_label (self->label, sentence);
  gtk_widget_set_visible (self->exchange_button, is_offer);
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

/* --------------------------------------------------------------------- looking */

typedef struct
{
  char *folder;
  char *race_id;
} Look;

static void
look_free (gpointer pointer)
{
  Look *look = pointer;

  g_free (look->folder);
  g_free (look->race_id);
  g_free (look);
}

/* The folder again when it has a pack of the race, else nothing. */
static char *
look (gpointer data, GError **error)
{
  const Look *job = data;
  g_autoptr (GPtrArray) packs = conc_stick_list_packs (job->folder, job->race_id);

  return g_strdup (packs->len > 0 ? job->folder : "");
}

static void
looked (GObject *owner, const char *folder, const GError *error)
{
  ConcStickBar    *self = CONC_STICK_BAR (owner);
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (self->session == NULL || error != NULL || *folder == '\0')
    return;
  g_free (self->folder);
  self->folder = g_strdup (folder);
  name = g_path_get_basename (folder);
  sentence = g_strdup_printf (_ ("The stick “%s” has a pack of this race."), name);
  show (self, sentence, TRUE);
}

static void
mount_added_cb (ConcStickBar *self, GMount *mount)
{
  g_autoptr (GFile) root = g_mount_get_root (mount);
  g_autofree char *folder = g_file_get_path (root);
  ConcShare       *share = self->session != NULL ? conc_session_get_share (self->session) : NULL;
  Look            *job;

  if (share == NULL || folder == NULL || !conc_role_has_race_key (conc_share_get_role (share)))
    return;
  job = g_new0 (Look, 1);
  job->folder = g_steal_pointer (&folder);
  job->race_id = g_strdup (conc_race_file_get_race_id (conc_share_get_file (share)));
  conc_background_run (G_OBJECT (self), look, job, look_free, looked);
}

/* A stick that was pulled out offers nothing. */
static void
mount_removed_cb (ConcStickBar *self, GMount *mount)
{
  g_autoptr (GFile) root = g_mount_get_root (mount);
  g_autofree char *folder = g_file_get_path (root);

  if (self->folder != NULL && g_strcmp0 (folder, self->folder) == 0)
    gtk_info_bar_set_revealed (self->bar, FALSE);
}

/* ------------------------------------------------------------------- exchanging */

static void
exchanged (GObject *owner, const char *sentence, const GError *error)
{
  ConcStickBar *self = CONC_STICK_BAR (owner);

  if (self->session != NULL)
    show (self, error != NULL ? error->message : sentence, FALSE);
}

static void
exchange_cb (ConcStickBar *self)
{
  ConcShare *share = conc_session_get_share (self->session);

  show (self, _ ("Exchanging with the stick…"), FALSE);
  conc_share_run (share, G_OBJECT (self), conc_stick_job_run,
                  conc_stick_job_new (share, NULL, NULL, g_strdup (self->folder)),
                  conc_stick_job_free, exchanged);
}

static void
response_cb (ConcStickBar *self)
{
  gtk_info_bar_set_revealed (self->bar, FALSE);
}

/* ----------------------------------------------------------------------- object */

static void
set_session (ConcStickBar *self, ConcSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  gtk_info_bar_set_revealed (self->bar, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

static void
conc_stick_bar_dispose (GObject *object)
{
  ConcStickBar *self = CONC_STICK_BAR (object);

  g_clear_object (&self->session);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (conc_stick_bar_parent_class)->dispose (object);
}

static void
conc_stick_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_STICK_BAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_stick_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_STICK_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_stick_bar_class_init (ConcStickBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_stick_bar_dispose;
  object_class->get_property = conc_stick_bar_get_property;
  object_class->set_property = conc_stick_bar_set_property;
  props[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/sync/stick-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcStickBar, bar);
  gtk_widget_class_bind_template_child (widget_class, ConcStickBar, label);
  gtk_widget_class_bind_template_child (widget_class, ConcStickBar, exchange_button);
  gtk_widget_class_bind_template_callback (widget_class, exchange_cb);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
conc_stick_bar_init (ConcStickBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  conc_accessible_name_buttons (GTK_WIDGET (self->bar), _ ("Close"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->exchange_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Exchange with the stick"), -1);
  self->monitor = g_volume_monitor_get ();
  g_signal_connect_object (self->monitor, "mount-added", G_CALLBACK (mount_added_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->monitor, "mount-removed", G_CALLBACK (mount_removed_cb), self,
                           G_CONNECT_SWAPPED);
}
