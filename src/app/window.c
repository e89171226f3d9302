/* window.c: the window of one race: opens it on a worker, and shows the stations or what is wrong.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include "app/accessible.h"
#include "app/preferences.h"
#include "app/printing/auto-label.h"
#include "app/sync/roles.h"
#include "core/race-time.h"

#include <glib/gi18n.h>

#define TOAST_SEC 6
/* A race that opens faster is shown at once, without a page that only says that it opens. */
#define PRESENT_MSEC 400

enum
{
  PROP_SESSION = 1,
  PROP_PAGE,
  PROP_TITLE_TEXT,
  PROP_SUBTITLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcWindow, conc_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *const page_names[] = { "check-in",    "timing", "runners", "results",
                                          "fundraising", "setup",  NULL };

static const struct
{
  int         code;
  const char *icon;
  const char *title;
} failures[] = {
  { CONC_STORE_ERROR_NOT_FOUND, "edit-find-symbolic", N_ ("There is no such race file") },
  { CONC_STORE_ERROR_NOT_A_RACE, "dialog-question-symbolic", N_ ("This is not a race file") },
  { CONC_STORE_ERROR_NEWER, "dialog-information-symbolic",
    N_ ("This race was written by a newer Concourse") },
  { CONC_STORE_ERROR_DAMAGED, "dialog-warning-symbolic", N_ ("This race file is damaged") },
  { CONC_STORE_ERROR_LOCKED, "system-lock-screen-symbolic",
    N_ ("This race is open in another program") },
  { CONC_STORE_ERROR_FULL, "drive-harddisk-system-symbolic", N_ ("The disk is full") },
  { CONC_STORE_ERROR_READ_ONLY, "dialog-warning-symbolic", N_ ("This race cannot be changed") },
  { CONC_STORE_ERROR_IO, "drive-harddisk-system-symbolic", N_ ("The disk does not answer") },
};

static void
show_failure (ConcWindow *self, const GError *error)
{
  const char *icon = "dialog-warning-symbolic";
  const char *title = _ ("The race could not be opened");
  /* A status page reads its description as markup. */
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *description = NULL;

  if (strstr (error->message, name) != NULL)
    description = g_markup_escape_text (error->message, -1);
  else
    description = g_markup_printf_escaped ("%s\n\n<b>%s</b>", error->message, name);
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, CONC_STORE_ERROR, failures[i].code))
      {
        icon = failures[i].icon;
        title = _ (failures[i].title);
      }
  adw_status_page_set_icon_name (self->failure_page, icon);
  adw_status_page_set_title (self->failure_page, title);
  adw_status_page_set_description (self->failure_page, description);
  /* What the file is does not change by trying again. */
  gtk_widget_set_visible (self->failure_retry,
                          !g_error_matches (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NOT_A_RACE) &&
                              !g_error_matches (error, CONC_STORE_ERROR, CONC_STORE_ERROR_NEWER));
  gtk_stack_set_visible_child_name (self->state_stack, "failed");
  gtk_widget_child_focus (GTK_WIDGET (self->failure_page), GTK_DIR_TAB_FORWARD);
}

static gboolean
focus_page_cb (gpointer user_data)
{
  ConcWindow *self = user_data;
  GtkWidget  *page = gtk_stack_get_visible_child (self->page_stack);
  GtkWidget  *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean    is_there = page != NULL && focus != NULL && gtk_widget_is_ancestor (focus, page);

  if (self->session != NULL && page != NULL && !is_there && !gtk_widget_grab_focus (page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static gboolean
session_said_cb (ConcSession *session, const char *sentence, const char *fact, ConcWindow *self)
{
  /* A toast reads its title as markup. */
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  AdwToast        *toast = adw_toast_new (title);

  if (fact != NULL)
    {
      adw_toast_set_button_label (toast, _ ("Undo"));
      adw_toast_set_action_name (toast, "win.undo-fact");
      adw_toast_set_action_target (toast, "s", fact);
    }
  adw_toast_set_timeout (toast, TOAST_SEC);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return TRUE;
}

static void
session_failed_cb (ConcSession *session, const char *sentence, ConcWindow *self)
{
  conc_window_fail (self, sentence);
}

static void
notify_titles_cb (ConcWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUBTITLE]);
}

static void
close_window (GtkWindow **place)
{
  GtkWindow *window = *place;

  g_clear_weak_pointer (place);
  if (window != NULL)
    gtk_window_destroy (window);
}

/* Pages that the role of this laptop does not use are not shown. */
static void
show_pages_of_role (ConcWindow *self, ConcRole role)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->rail); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_TOGGLE_BUTTON (child))
      {
        GVariant *page = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (child));

        gtk_widget_set_visible (child,
                                conc_role_has_page (role, g_variant_get_string (page, NULL)));
      }
}

static void
set_session (ConcWindow *self, ConcSession *session)
{
  close_window (&self->display);
  close_window (&self->host);
  close_window (&self->print);
  close_window (&self->stick);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      conc_session_close (self->session);
    }
  g_set_object (&self->session, session);
  if (session != NULL)
    conc_auto_label_attach (session);
  if (session != NULL)
    {
      show_pages_of_role (self, conc_window_get_role (self));
      g_signal_connect_object (session, "said", G_CALLBACK (session_said_cb), self,
                               G_CONNECT_AFTER);
      g_signal_connect_object (session, "failed", G_CALLBACK (session_failed_cb), self, 0);
      g_signal_connect_object (session, "notify::race-name", G_CALLBACK (notify_titles_cb), self,
                               G_CONNECT_SWAPPED);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
  notify_titles_cb (self);
  conc_window_update_actions (self);
}

static void
present_now (ConcWindow *self)
{
  g_clear_handle_id (&self->present_source, g_source_remove);
  gtk_window_present (GTK_WINDOW (self));
}

static gboolean
present_cb (gpointer user_data)
{
  ConcWindow *self = user_data;

  self->present_source = 0;
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcSession) session = conc_session_open_finish (result, &error);

  gtk_spinner_stop (self->spinner);
  if (session == NULL)
    {
      show_failure (self, error);
      present_now (self);
      return;
    }
  set_session (self, session);
  conc_preferences_remember_race (self->path);
  gtk_stack_set_visible_child_name (self->state_stack, "race");
  present_now (self);
  conc_window_set_page (self, gtk_stack_get_visible_child_name (self->page_stack));
  if (self->wants_display || conc_window_get_role (self) == CONC_ROLE_DISPLAY)
    conc_window_show_display (self);
}

/* "Saturday, 9 December 2017", or the date as it is written when it is not one. */
static char *
dup_date_text (ConcSettings *settings)
{
  const char *date = conc_settings_get (settings, CONC_SETTING_DATE);
  g_autoptr (GDateTime) day = NULL;
  int year, month, number;

  if (!conc_race_date_parse (date, &year, &month, &number, NULL))
    return g_strdup (date);
  day = g_date_time_new_utc (year, month, number, 0, 0, 0);
  return g_date_time_format (day, _ ("%A, %-d %B %Y"));
}

static void
info_response_cb (GtkInfoBar *bar, int response, gpointer user_data)
{
  gtk_info_bar_set_revealed (bar, FALSE);
}

static gboolean
conc_window_close_request (GtkWindow *window)
{
  ConcWindow *self = CONC_WINDOW (window);

  conc_preferences_remember_page (gtk_stack_get_visible_child_name (self->page_stack));
  set_session (self, NULL);
  return GTK_WINDOW_CLASS (conc_window_parent_class)->close_request (window);
}

static void
conc_window_dispose (GObject *object)
{
  ConcWindow *self = CONC_WINDOW (object);

  g_clear_handle_id (&self->present_source, g_source_remove);
  close_window (&self->display);
  close_window (&self->host);
  close_window (&self->print);
  close_window (&self->stick);
  g_clear_object (&self->session);
  g_clear_pointer (&self->path, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_WINDOW);
  G_OBJECT_CLASS (conc_window_parent_class)->dispose (object);
}

static void
conc_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcWindow *self = CONC_WINDOW (object);
  const char *name;

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_PAGE:
      /* Buttons ask while the template is being built. */
      name = self->page_stack != NULL ? gtk_stack_get_visible_child_name (self->page_stack) : NULL;
      g_value_set_string (value, name != NULL ? name : page_names[0]);
      break;
    case PROP_TITLE_TEXT:
      if (self->session != NULL)
        g_object_get_property (G_OBJECT (self->session), "race-name", value);
      else
        g_value_set_string (value, _ ("Concourse"));
      break;
    case PROP_SUBTITLE:
      if (self->session != NULL)
        g_value_take_string (value, dup_date_text (conc_session_get_settings (self->session)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PAGE)
    conc_window_set_page (CONC_WINDOW (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, page_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, rail);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, runners_page);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, failure_page);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, failure_retry);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, info_bar);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, info_label);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ConcWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, info_response_cb);
}

static void
conc_window_class_init (ConcWindowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags reading = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = conc_window_dispose;
  object_class->get_property = conc_window_get_property;
  object_class->set_property = conc_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = conc_window_close_request;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION, reading);
  props[PROP_PAGE] =
      g_param_spec_string ("page", NULL, NULL, "check-in",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_TITLE_TEXT] = g_param_spec_string ("title-text", NULL, NULL, NULL, reading);
  props[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, reading);
  g_object_class_install_properties (object_class, N_PROPS, props);

  bind_template (widget_class);
  conc_window_install_actions (widget_class);
}

static void
conc_window_init (ConcWindow *self)
{
  g_autofree char *page = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Not in the template: GTK 4.8 unwatches a binding of the window to itself twice. */
  g_object_bind_property (self, "title-text", self, "title", G_BINDING_SYNC_CREATE);
  conc_accessible_name_buttons (self->menu_button, _ ("Main menu"));
  conc_accessible_name_buttons (GTK_WIDGET (self->info_bar), _ ("Close"));
  conc_preferences_bind_window (GTK_WINDOW (self));
  page = conc_preferences_dup_page ();
  if (page != NULL)
    conc_window_set_page (self, page);
  conc_window_update_actions (self);
}

ConcWindow *
conc_window_new (GtkApplication *application)
{
  return g_object_new (CONC_TYPE_WINDOW, "application", application, NULL);
}

/* Opens the race at @path in this window, unless it shows it already, and shows the window when
 * that is done or takes long. */
void
conc_window_open (ConcWindow *self, const char *path)
{
  g_autofree char *copy = g_strdup (path);

  if (self->session != NULL && g_strcmp0 (self->path, path) == 0)
    {
      present_now (self);
      return;
    }
  set_session (self, NULL);
  g_free (self->path);
  self->path = g_steal_pointer (&copy);
  gtk_info_bar_set_revealed (self->info_bar, FALSE);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->state_stack, "opening");
  if (self->present_source == 0)
    self->present_source = g_timeout_add (PRESENT_MSEC, present_cb, self);
  conc_session_open_async (self->path, opened_cb, g_object_ref (self));
}

/* Where to begin once the race is open. @page may be NULL: then where it ended the last time. */
void
conc_window_start_at (ConcWindow *self, const char *page, gboolean wants_display)
{
  if (page != NULL)
    conc_window_set_page (self, page);
  self->wants_display = wants_display;
  if (wants_display && self->session != NULL)
    conc_window_show_display (self);
}

/* The path of the race that is open or being opened; NULL when there is none. */
const char *
conc_window_get_path (ConcWindow *self)
{
  return self->path;
}

ConcSession *
conc_window_get_session (ConcWindow *self)
{
  return self->session;
}

gboolean
conc_window_has_page (const char *name)
{
  return g_strv_contains (page_names, name);
}

/* What this laptop is for; without a race nothing is out of the way. */
ConcRole
conc_window_get_role (ConcWindow *self)
{
  return self->session != NULL ? conc_share_get_role (conc_session_get_share (self->session))
                               : CONC_ROLE_ORGANIZER;
}

/* The page gets the focus, so that the keyboard works at once. A page that is not the role's is
 * not shown; if it was, the role's first one is. */
void
conc_window_set_page (ConcWindow *self, const char *name)
{
  const char *shown = gtk_stack_get_visible_child_name (self->page_stack);
  ConcRole    role = conc_window_get_role (self);

  if (!conc_window_has_page (name))
    return;
  if (!conc_role_has_page (role, name))
    name = conc_role_choose_page (role, shown);
  gtk_stack_set_visible_child_name (self->page_stack, name);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAGE]);
  g_idle_add (focus_page_cb, g_object_ref (self));
}

void
conc_window_say (ConcWindow *self, const char *sentence)
{
  session_said_cb (NULL, sentence, NULL, self);
}

/* Stays until somebody has read it and closes it; work goes on meanwhile. */
void
conc_window_fail (ConcWindow *self, const char *sentence)
{
  gtk_label_set_label (self->info_label, sentence);
  gtk_info_bar_set_revealed (self->info_bar, TRUE);
}
