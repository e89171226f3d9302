/* display-window.c: the window for the projector: full screen, awake, on the right monitor. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/display-window.h"

#include "app/display/display-view.h"
#include "app/preferences.h"

#include <glib/gi18n.h>

struct _ConcDisplayWindow
{
  GtkWindow parent_instance;

  /* template */
  ConcDisplayView *view;
  GtkToggleButton *pause_button;

  /* state */
  guint inhibit_cookie;
};

G_DEFINE_FINAL_TYPE (ConcDisplayWindow, conc_display_window, GTK_TYPE_WINDOW)

/* The monitor on which the crew works, which the display leaves alone. */
static GdkMonitor *
find_crew_monitor (ConcDisplayWindow *self)
{
  GApplication *application = g_application_get_default ();
  GtkWindow    *window = NULL;
  GdkSurface   *surface;

  for (GList *l = application != NULL ? gtk_application_get_windows (GTK_APPLICATION (application))
                                      : NULL;
       l != NULL && window == NULL; l = l->next)
    if (l->data != self)
      window = l->data;
  if (window == NULL)
    return NULL;
  surface = gtk_native_get_surface (GTK_NATIVE (window));
  return surface != NULL
             ? gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface)
             : NULL;
}

/* (transfer full) (nullable): the remembered monitor, else the first that is not the crew's; NULL
 * when there is only one. */
static GdkMonitor *
choose_monitor (ConcDisplayWindow *self)
{
  GListModel      *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autofree char *remembered = conc_preferences_dup_monitor ();
  GdkMonitor      *crew = find_crew_monitor (self);
  g_autoptr (GdkMonitor) other = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      if (monitor == crew)
        continue;
      if (g_strcmp0 (gdk_monitor_get_connector (monitor), remembered) == 0)
        return g_steal_pointer (&monitor);
      if (other == NULL && crew != NULL)
        other = g_steal_pointer (&monitor);
    }
  return g_steal_pointer (&other);
}

/* Also when a monitor is plugged in. With one monitor it is a window: nobody is locked in. */
static void
place_cb (ConcDisplayWindow *self)
{
  g_autoptr (GdkMonitor) monitor = choose_monitor (self);

  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
  else if (g_list_model_get_n_items (
               gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)))) < 2)
    gtk_window_unfullscreen (GTK_WINDOW (self));
}

/* A person who fills a monitor with the display means this monitor the next time too. */
static void
remember_monitor (ConcDisplayWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor;

  if (surface == NULL)
    return;
  monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  if (monitor != NULL && monitor != find_crew_monitor (self))
    conc_preferences_remember_monitor (gdk_monitor_get_connector (monitor));
}

static void
fullscreen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *window = GTK_WINDOW (widget);

  if (gtk_window_is_fullscreen (window))
    {
      gtk_window_unfullscreen (window);
      return;
    }
  remember_monitor (CONC_DISPLAY_WINDOW (widget));
  gtk_window_fullscreen (window);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_display_view_step (CONC_DISPLAY_WINDOW (widget)->view,
                          g_str_equal (name, "display.next") ? 1 : -1);
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcDisplayWindow *self = CONC_DISPLAY_WINDOW (widget);

  gtk_toggle_button_set_active (self->pause_button,
                                !gtk_toggle_button_get_active (self->pause_button));
}

static void
pause_toggled_cb (ConcDisplayWindow *self)
{
  conc_display_view_set_paused (self->view, gtk_toggle_button_get_active (self->pause_button));
}

/* Before the window itself, which would move the focus with the arrows. */
static gboolean
key_pressed_cb (GtkWidget *widget, guint keyval, guint keycode, GdkModifierType modifiers)
{
  static const struct
  {
    guint       keyval;
    const char *action;
  } keys[] = {
    { GDK_KEY_Right, "display.next" },    { GDK_KEY_Page_Down, "display.next" },
    { GDK_KEY_Left, "display.previous" }, { GDK_KEY_Page_Up, "display.previous" },
    { GDK_KEY_space, "display.pause" },   { GDK_KEY_F11, "display.fullscreen" },
  };

  if (keyval == GDK_KEY_Escape && gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    return gtk_widget_activate_action (widget, "display.fullscreen", NULL);
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].keyval == keyval)
      return gtk_widget_activate_action (widget, keys[i].action, NULL);
  return FALSE;
}

/* The pointer does not stand in the picture. */
static void
fullscreened_cb (ConcDisplayWindow *self)
{
  gboolean is_full = gtk_window_is_fullscreen (GTK_WINDOW (self));

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->view), is_full ? "none" : NULL);
}

static void
conc_display_window_map (GtkWidget *widget)
{
  ConcDisplayWindow *self = CONC_DISPLAY_WINDOW (widget);
  GtkApplication    *application = gtk_window_get_application (GTK_WINDOW (self));

  GTK_WIDGET_CLASS (conc_display_window_parent_class)->map (widget);
  if (application != NULL)
    self->inhibit_cookie =
        gtk_application_inhibit (application, GTK_WINDOW (self),
                                 GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND,
                                 _ ("The race is on the projector."));
}

static void
conc_display_window_unmap (GtkWidget *widget)
{
  ConcDisplayWindow *self = CONC_DISPLAY_WINDOW (widget);
  GtkApplication    *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application != NULL && self->inhibit_cookie != 0)
    gtk_application_uninhibit (application, self->inhibit_cookie);
  self->inhibit_cookie = 0;
  GTK_WIDGET_CLASS (conc_display_window_parent_class)->unmap (widget);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "display.next", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "display.previous", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "display.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "display.fullscreen", NULL, fullscreen_action);
}

static void
conc_display_window_class_init (ConcDisplayWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = conc_display_window_map;
  widget_class->unmap = conc_display_window_unmap;

  g_type_ensure (CONC_TYPE_DISPLAY_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/display/display-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcDisplayWindow, view);
  gtk_widget_class_bind_template_child (widget_class, ConcDisplayWindow, pause_button);
  gtk_widget_class_bind_template_callback (widget_class, pause_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, fullscreened_cb);
  install_actions (widget_class);
}

static void
conc_display_window_init (ConcDisplayWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self))),
                           "items-changed", G_CALLBACK (place_cb), self, G_CONNECT_SWAPPED);
}

/* Shows the race of @session, or nothing yet when it is NULL. */
GtkWidget *
conc_display_window_new (ConcSession *session)
{
  ConcDisplayWindow *self =
      g_object_new (CONC_TYPE_DISPLAY_WINDOW, "application", g_application_get_default (), NULL);

  g_object_set (self->view, "session", session, NULL);
  place_cb (self);
  return GTK_WIDGET (self);
}
