/* host-window.c: the hub of the race and the stations that share through it, for organizers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/host-window.h"

#include "app/sync/host-job.h"
#include "app/sync/invite-window.h"
#include "app/sync/station-row.h"

#include <glib/gi18n.h>

struct _ConcHostWindow
{
  AdwWindow parent_instance;

  /* template */
  AdwActionRow *hub_row;
  GtkSpinner   *hub_spinner;
  GtkButton    *hub_button;
  GtkLabel     *sentence;
  GtkWidget    *stations_group;
  GtkWidget    *invite_row;
  GtkListBox   *station_list;

  /* owned */
  ConcSession *session;
  ConcHostJob *last;    /* how the hub was when it was last looked at */
  ConcHostJob *current; /* what is being asked; its thread writes into it */
  ConcHostJob *next;    /* what is asked after that */
};

G_DEFINE_FINAL_TYPE (ConcHostWindow, conc_host_window, ADW_TYPE_WINDOW)

typedef enum
{
  PLACE_UNKNOWN,
  PLACE_NONE,    /* the race has no hub */
  PLACE_HERE,    /* it runs on this laptop */
  PLACE_STOPPED, /* it is this laptop's and does not run */
  PLACE_AWAY,    /* it is another's and answers */
  PLACE_GONE     /* it is another's and does not */
} Place;

static ConcShare *
get_share (ConcHostWindow *self)
{
  return conc_session_get_share (self->session);
}

static Place
find_place (ConcHostWindow *self)
{
  ConcSyncState state = conc_share_get_status (get_share (self))->state;

  if (self->last == NULL)
    return PLACE_UNKNOWN;
  if (self->last->hub == NULL || *self->last->hub == '\0')
    return PLACE_NONE;
  if (g_str_has_prefix (self->last->hub, "127."))
    return self->last->status.is_running ? PLACE_HERE : PLACE_STOPPED;
  return state == CONC_SYNC_WORKING ? PLACE_AWAY : PLACE_GONE;
}

/* ------------------------------------------------------------------ the hub's row */

static const struct
{
  const char *title;
  const char *subtitle;
  const char *button;
} words[] = {
  [PLACE_UNKNOWN] = { N_ ("Looking for the hub…"), "", NULL },
  [PLACE_NONE] = { N_ ("This race has no hub yet"),
                   N_ ("Laptops exchange what they record through the hub. Start it on a laptop "
                       "that stays on; work goes on when it does not answer."),
                   N_ ("_Start Hub") },
  [PLACE_HERE] = { N_ ("The hub runs on this laptop"), NULL, N_ ("S_top Hub") },
  [PLACE_STOPPED] = { N_ ("The hub of this laptop does not run"),
                      N_ ("The others keep what they record and send it when the hub runs again."),
                      N_ ("_Start Hub") },
  [PLACE_AWAY] = { N_ ("The hub runs on another laptop"), NULL, NULL },
  [PLACE_GONE] = { N_ ("The hub does not answer"),
                   N_ ("This laptop can take its place: it fills a hub with what it has, and the "
                       "others find it by themselves and add what they have. Nothing is lost. Take "
                       "over only when the old hub does not come back."),
                   N_ ("_Take Over as Hub") },
};

static char *
dup_addresses (const ConcHubStatus *status)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; status->addresses != NULL && status->addresses[i] != NULL; i++)
    if (*status->addresses[i] != '\0')
      g_string_append_printf (text, "%s%s:%u", text->len > 0 ? ", " : "", status->addresses[i],
                              status->port);
  if (text->len == 0)
    return g_strdup (_ ("This laptop is in no network: no other can reach the hub."));
  return g_strdup_printf (_ ("Others reach it at %s."), text->str);
}

static char *
dup_subtitle (ConcHostWindow *self, Place place)
{
  if (place == PLACE_HERE)
    return dup_addresses (&self->last->status);
  if (place == PLACE_AWAY)
    return g_strdup_printf (_ ("It is at %s. Any organizer can take its place if it goes."),
                            self->last->hub);
  if (place != PLACE_UNKNOWN && self->last->status.problem != NULL)
    return g_strdup (self->last->status.problem);
  return g_strdup (_ (words[place].subtitle));
}

static void
show_hub (ConcHostWindow *self)
{
  Place            place = find_place (self);
  g_autofree char *subtitle = dup_subtitle (self, place);
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);
  gboolean         is_installed = self->last != NULL && self->last->status.is_installed;
  gboolean         has_hub = place == PLACE_HERE || place == PLACE_AWAY;
  ConcSyncState    state = conc_share_get_status (get_share (self))->state;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->hub_row), _ (words[place].title));
  adw_action_row_set_subtitle (self->hub_row, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->hub_button), words[place].button != NULL);
  if (words[place].button != NULL)
    gtk_button_set_label (self->hub_button, _ (words[place].button));
  if (place == PLACE_HERE)
    gtk_widget_remove_css_class (GTK_WIDGET (self->hub_button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->hub_button), "suggested-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->hub_button), self->current == NULL && is_installed);
  gtk_widget_set_visible (self->stations_group, has_hub);
  gtk_widget_set_sensitive (self->invite_row, state == CONC_SYNC_WORKING);
}

/* ------------------------------------------------------------------- the stations */

static void ask (ConcHostWindow *self, ConcHostJob *job);

static void
revoke_cb (ConcHostWindow *self, const char *id)
{
  ConcHostJob *job = conc_host_job_new (get_share (self), CONC_HOST_JOB_REVOKE);

  job->name = g_strdup (id);
  ask (self, job);
}

static ConcStationRow *
find_row (ConcHostWindow *self, const char *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->station_list, i)) != NULL; i++)
    if (g_strcmp0 (conc_station_row_get_id (CONC_STATION_ROW (row)), id) == 0)
      return CONC_STATION_ROW (row);
  return NULL;
}

static gboolean
is_listed (GPtrArray *peers, const char *id)
{
  for (guint i = 0; i < peers->len; i++)
    if (g_strcmp0 (((const ConcPeer *) g_ptr_array_index (peers, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
remove_gone (ConcHostWindow *self, GPtrArray *peers)
{
  GtkListBoxRow *row;
  int            i = 0;

  while ((row = gtk_list_box_get_row_at_index (self->station_list, i)) != NULL)
    if (is_listed (peers, conc_station_row_get_id (CONC_STATION_ROW (row))))
      i++;
    else
      gtk_list_box_remove (self->station_list, GTK_WIDGET (row));
}

/* Rows stay while their stations do, so that a question in one of them is not lost. */
static void
show_stations (ConcHostWindow *self)
{
  GPtrArray  *peers = conc_share_get_status (get_share (self))->peers;
  const char *own = conc_race_file_get_station (conc_session_get_file (self->session));

  remove_gone (self, peers);
  for (guint i = 0; i < peers->len; i++)
    {
      const ConcPeer *peer = g_ptr_array_index (peers, i);
      ConcStationRow *row = find_row (self, peer->id);

      if (row == NULL)
        {
          row = CONC_STATION_ROW (conc_station_row_new (peer->id, g_strcmp0 (peer->id, own) == 0));
          g_signal_connect_object (row, "revoke", G_CALLBACK (revoke_cb), self, G_CONNECT_SWAPPED);
          gtk_list_box_insert (self->station_list, GTK_WIDGET (row), (int) i);
        }
      conc_station_row_show (row, peer);
    }
}

/* ------------------------------------------------------------------------- asking */

static const char *
get_progress (const ConcHostJob *job)
{
  switch (job->ask)
    {
    case CONC_HOST_JOB_START:
      return _ ("Starting the hub. The first time takes some seconds…");
    case CONC_HOST_JOB_STOP:
      return _ ("Stopping the hub…");
    case CONC_HOST_JOB_REVOKE:
      return _ ("Keeping the station out…");
    default:
      return NULL;
    }
}

static void
say (ConcHostWindow *self, const char *sentence)
{
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL);
}

static void
asked (GObject *owner, const char *sentence, const GError *error)
{
  ConcHostWindow *self = CONC_HOST_WINDOW (owner);
  gboolean        was_look;

  /* The window may be gone by now. */
  if (self->session == NULL)
    return;
  was_look = self->current->ask == CONC_HOST_JOB_LOOK;
  g_clear_pointer (&self->last, conc_host_job_unref);
  self->last = g_steal_pointer (&self->current);
  gtk_spinner_stop (self->hub_spinner);
  if (error != NULL || !was_look)
    say (self, error != NULL ? error->message : NULL);
  if (self->next != NULL)
    ask (self, g_steal_pointer (&self->next));
  show_hub (self);
}

/* Takes @job; one after the other. */
static void
ask (ConcHostWindow *self, ConcHostJob *job)
{
  const char *progress = get_progress (job);

  if (self->current != NULL)
    {
      g_clear_pointer (&self->next, conc_host_job_unref);
      self->next = job;
      return;
    }
  self->current = job;
  if (progress != NULL)
    {
      gtk_spinner_start (self->hub_spinner);
      say (self, progress);
    }
  conc_share_run (get_share (self), G_OBJECT (self), conc_host_job_run, conc_host_job_ref (job),
                  (GDestroyNotify) conc_host_job_unref, asked);
  show_hub (self);
}

static void
look (ConcHostWindow *self)
{
  if (self->current == NULL)
    ask (self, conc_host_job_new (get_share (self), CONC_HOST_JOB_LOOK));
}

static void
hub_button_cb (ConcHostWindow *self)
{
  ConcHostAsk what = find_place (self) == PLACE_HERE ? CONC_HOST_JOB_STOP : CONC_HOST_JOB_START;

  if (self->current == NULL)
    ask (self, conc_host_job_new (get_share (self), what));
}

static void
invite_cb (ConcHostWindow *self)
{
  gtk_window_present (GTK_WINDOW (conc_invite_window_new (GTK_WINDOW (self), self->session)));
}

static void
status_cb (ConcHostWindow *self)
{
  show_hub (self);
  show_stations (self);
}

/* ------------------------------------------------------------------------- object */

static void
conc_host_window_dispose (GObject *object)
{
  ConcHostWindow *self = CONC_HOST_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (get_share (self), self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->last, conc_host_job_unref);
  g_clear_pointer (&self->current, conc_host_job_unref);
  g_clear_pointer (&self->next, conc_host_job_unref);
  G_OBJECT_CLASS (conc_host_window_parent_class)->dispose (object);
}

static void
conc_host_window_class_init (ConcHostWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_host_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/sync/host-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcHostWindow, hub_row);
  gtk_widget_class_bind_template_child (widget_class, ConcHostWindow, hub_spinner);
  gtk_widget_class_bind_template_child (widget_class, ConcHostWindow, hub_button);
  gtk_widget_class_bind_template_child (widget_class, ConcHostWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcHostWindow, stations_group);
  gtk_widget_class_bind_template_child (widget_class, ConcHostWindow, invite_row);
  gtk_widget_class_bind_template_child (widget_class, ConcHostWindow, station_list);
  gtk_widget_class_bind_template_callback (widget_class, hub_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, invite_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
conc_host_window_init (ConcHostWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Not modal: the desk behind it goes on. */
GtkWidget *
conc_host_window_new (GtkWindow *parent, ConcSession *session)
{
  ConcHostWindow *self = g_object_new (CONC_TYPE_HOST_WINDOW, "transient-for", parent,
                                       "destroy-with-parent", TRUE, NULL);

  self->session = g_object_ref (session);
  show_hub (self);
  show_stations (self);
  g_signal_connect_object (get_share (self), "status", G_CALLBACK (status_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_share (self), "notify::state", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
  look (self);
  return GTK_WIDGET (self);
}
