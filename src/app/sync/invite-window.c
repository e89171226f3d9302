/* invite-window.c: an invitation for one more laptop: a role, a QR code and a code to type. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/invite-window.h"

#include "app/sync/host-job.h"
#include "app/sync/qr-view.h"
#include "app/sync/roles.h"

#include <glib/gi18n.h>

struct _ConcInviteWindow
{
  AdwWindow parent_instance;

  /* template */
  GtkStack      *stack;
  AdwComboRow   *role_row;
  GtkStringList *role_titles;
  AdwComboRow   *time_row;
  GtkWidget     *make_button;
  GtkSpinner    *spinner;
  GtkLabel      *sentence;
  ConcQrView    *qr_view;
  GtkLabel      *code_label;
  GtkLabel      *address_label;
  GtkLabel      *until_label;
  GtkWidget     *revoke_button;
  GtkWidget     *another_button;

  /* owned */
  ConcSession *session;
  ConcHostJob *job;  /* what is being asked; its thread writes into it */
  char        *code; /* of the invitation that is shown */
};

G_DEFINE_FINAL_TYPE (ConcInviteWindow, conc_invite_window, ADW_TYPE_WINDOW)

/* In the order of what is invited most. */
static const ConcRole roles[] = { CONC_ROLE_CHECK_IN, CONC_ROLE_TIMING, CONC_ROLE_DISPLAY,
                                  CONC_ROLE_ORGANIZER };

/* In the order of the choices in the template. */
static const guint minutes[] = { 15, 60, 24 * 60 };

static ConcShare *
get_share (ConcInviteWindow *self)
{
  return conc_session_get_share (self->session);
}

static ConcRole
get_role (ConcInviteWindow *self)
{
  return roles[MIN (adw_combo_row_get_selected (self->role_row), G_N_ELEMENTS (roles) - 1)];
}

static void
role_cb (ConcInviteWindow *self)
{
  if (self->role_row != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->role_row),
                                 conc_role_get_duties (get_role (self)));
}

static void
say (ConcInviteWindow *self, const char *sentence)
{
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL);
}

static char *
dup_time_of_day (ConcInviteWindow *self, gint64 usec)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local =
      g_date_time_to_timezone (utc, conc_session_get_zone (self->session));

  return g_date_time_format (local, _ ("%A %H:%M"));
}

/* "192.0.2.7:47815" of the URL, for a laptop that does not find the hub by itself. */
static char *
dup_address (const char *url)
{
  const char *host = strstr (url, "://");
  const char *end = host != NULL ? strchr (host + 3, '/') : NULL;

  return end != NULL ? g_strndup (host + 3, (gsize) (end - host - 3)) : g_strdup ("");
}

static void
show_invitation (ConcInviteWindow *self, const ConcHostJob *job)
{
  g_autofree char *until = dup_time_of_day (self, job->invitation.expires_usec);
  g_autofree char *address = dup_address (job->invitation.url);
  g_autofree char *address_text =
      g_strdup_printf (_ ("Address, only if it is asked for: %s"), address);
  g_autofree char *text = g_strdup_printf (_ ("Sets up one laptop as %s, once, until %s."),
                                           conc_role_get_label (job->role), until);

  g_free (self->code);
  self->code = g_strdup (job->invitation.code);
  conc_qr_view_set_text (self->qr_view, job->invitation.url);
  gtk_label_set_label (self->code_label, self->code);
  gtk_label_set_label (self->address_label, address_text);
  gtk_label_set_label (self->until_label, text);
  gtk_stack_set_visible_child_name (self->stack, "invitation");
  /* A label that got the focus is selected, which hides what is to be read. */
  gtk_widget_grab_focus (self->another_button);
  gtk_label_select_region (self->code_label, 0, 0);
}

static void
show_form (ConcInviteWindow *self)
{
  g_clear_pointer (&self->code, g_free);
  conc_qr_view_set_text (self->qr_view, NULL);
  gtk_stack_set_visible_child_name (self->stack, "form");
  gtk_widget_grab_focus (self->make_button);
}

static void
asked (GObject *owner, const char *sentence, const GError *error)
{
  ConcInviteWindow *self = CONC_INVITE_WINDOW (owner);
  g_autoptr (ConcHostJob) job = g_steal_pointer (&self->job);

  /* The window may be gone by now. */
  if (self->session == NULL)
    return;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_sensitive (self->make_button, TRUE);
  gtk_widget_set_sensitive (self->revoke_button, TRUE);
  say (self, error != NULL ? error->message : NULL);
  if (error != NULL)
    return;
  if (job->ask == CONC_HOST_JOB_INVITE)
    show_invitation (self, job);
  else
    {
      show_form (self);
      say (self, _ ("The invitation is revoked. Nobody can use it any more."));
    }
}

static void
ask (ConcInviteWindow *self, ConcHostJob *job)
{
  self->job = job;
  gtk_spinner_start (self->spinner);
  gtk_widget_set_sensitive (self->make_button, FALSE);
  gtk_widget_set_sensitive (self->revoke_button, FALSE);
  conc_share_run (get_share (self), G_OBJECT (self), conc_host_job_run, conc_host_job_ref (job),
                  (GDestroyNotify) conc_host_job_unref, asked);
}

static void
make_cb (ConcInviteWindow *self)
{
  ConcHostJob *job = conc_host_job_new (get_share (self), CONC_HOST_JOB_INVITE);

  job->role = get_role (self);
  job->minutes =
      minutes[MIN (adw_combo_row_get_selected (self->time_row), G_N_ELEMENTS (minutes) - 1)];
  ask (self, job);
}

static void
revoke_cb (ConcInviteWindow *self)
{
  ConcHostJob *job = conc_host_job_new (get_share (self), CONC_HOST_JOB_REVOKE);

  job->name = g_strdup (self->code);
  ask (self, job);
}

static void
another_cb (ConcInviteWindow *self)
{
  say (self, NULL);
  show_form (self);
}

static void
conc_invite_window_dispose (GObject *object)
{
  ConcInviteWindow *self = CONC_INVITE_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->job, conc_host_job_unref);
  g_clear_pointer (&self->code, g_free);
  G_OBJECT_CLASS (conc_invite_window_parent_class)->dispose (object);
}

static void
conc_invite_window_class_init (ConcInviteWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_invite_window_dispose;
  g_type_ensure (CONC_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/sync/invite-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, role_row);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, role_titles);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, time_row);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, make_button);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, qr_view);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, code_label);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, address_label);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, until_label);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, revoke_button);
  gtk_widget_class_bind_template_child (widget_class, ConcInviteWindow, another_button);
  gtk_widget_class_bind_template_callback (widget_class, role_cb);
  gtk_widget_class_bind_template_callback (widget_class, make_cb);
  gtk_widget_class_bind_template_callback (widget_class, revoke_cb);
  gtk_widget_class_bind_template_callback (widget_class, another_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_invite_window_init (ConcInviteWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    gtk_string_list_append (self->role_titles, conc_role_get_label (roles[i]));
  adw_combo_row_set_selected (self->time_row, 1);
  role_cb (self);
}

GtkWidget *
conc_invite_window_new (GtkWindow *parent, ConcSession *session)
{
  ConcInviteWindow *self = g_object_new (CONC_TYPE_INVITE_WINDOW, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  gtk_widget_grab_focus (GTK_WIDGET (self->role_row));
  return GTK_WIDGET (self);
}
