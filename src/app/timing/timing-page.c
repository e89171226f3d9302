/* timing-page.c: the station at the line: gun, taps, bibs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/timing-page-private.h"

#include <glib/gi18n.h>

#define MINUTE_USEC (60 * G_USEC_PER_SEC)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void init_scan_target (ConcScanTargetInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConcTimingPage,
                               conc_timing_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CONC_TYPE_SCAN_TARGET, init_scan_target))

/* A tap may come in the middle of a scan, and is not part of it. */
static gboolean
keeps_key (ConcScanTarget *target, guint keyval)
{
  return keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;
}

static void
init_scan_target (ConcScanTargetInterface *iface)
{
  iface->take_scan = conc_timing_page_take_scan;
  iface->keeps_key = keeps_key;
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcTimingPage *self)
{
  if (subjects == NULL || (what & (CONC_CHANGED_SETTINGS | CONC_CHANGED_RUNNERS)) != 0)
    {
      conc_race_clock_set_clock (self->clock, conc_session_get_race_clock (session),
                                 conc_session_get_zone (session));
      conc_timing_page_load_guns (self);
      return;
    }
  for (char **subject = subjects; *subject != NULL; subject++)
    if (g_str_has_prefix (*subject, "gun:"))
      {
        conc_timing_page_load_guns (self);
        return;
      }
}

/* Said beside the entry, so that no toast covers the newest taps. */
static gboolean
session_said_cb (ConcSession *session, const char *sentence, const char *fact, ConcTimingPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  /* What is undone may be the last bib. */
  self->knows_last = FALSE;
  conc_timing_page_say_done (self, sentence, fact);
  return TRUE;
}

static gboolean
update_rate_cb (gpointer user_data)
{
  ConcTimingPage  *self = user_data;
  g_autofree char *text = NULL;
  gint64           now_usec;

  if (self->session == NULL)
    return G_SOURCE_CONTINUE;
  now_usec = conc_clock_get_wall_usec (conc_session_get_race_clock (self->session));
  text = g_strdup_printf ("%u", conc_tap_list_count_since (self->taps, now_usec - MINUTE_USEC));
  gtk_label_set_label (self->rate_label, text);
  conc_timing_page_tick_guns (self);
  return G_SOURCE_CONTINUE;
}

static void
key_tap_cb (ConcTimingPage *self, guint event_msec)
{
  if (self->session != NULL)
    conc_timing_page_tap (self, event_msec);
}

static void
key_gun_cb (ConcTimingPage *self, guint event_msec)
{
  if (self->session != NULL)
    conc_timing_page_fire_next (self, event_msec);
}

/* A bib does not begin with 0: alone it is a runner whose bib is not read. */
static void
key_typed_cb (ConcTimingPage *self, const char *character)
{
  int position = gtk_editable_get_position (self->bib_entry);

  if (!gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->bib_entry))))
    {
      gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->bib_entry));
      position = -1;
    }
  gtk_editable_delete_selection (self->bib_entry);
  gtk_editable_insert_text (self->bib_entry, character, -1, &position);
  gtk_editable_set_position (self->bib_entry, position);
}

static void
key_erase_cb (ConcTimingPage *self)
{
  int length = (int) gtk_entry_get_text_length (GTK_ENTRY (self->bib_entry));

  if (length > 0)
    gtk_editable_delete_text (self->bib_entry, length - 1, length);
}

static gboolean
key_enter_cb (ConcTimingPage *self)
{
  if (conc_timing_page_shows_ladder (self) && *gtk_editable_get_text (self->bib_entry) == '\0' &&
      conc_ladder_view_activate (self->ladder))
    return TRUE;
  return self->session != NULL && conc_timing_page_give_bib (self);
}

static void
key_unread_cb (ConcTimingPage *self)
{
  if (self->session != NULL)
    conc_timing_page_give_unread (self);
}

static void
key_wrong_cb (ConcTimingPage *self)
{
  if (self->session != NULL)
    conc_timing_page_last_was_wrong (self);
}

static void
key_ladder_cb (ConcTimingPage *self)
{
  gtk_toggle_button_set_active (self->ladder_button, !conc_timing_page_shows_ladder (self));
}

static void
key_menu_cb (ConcTimingPage *self)
{
  if (conc_timing_page_shows_ladder (self))
    conc_ladder_view_open_menu (self->ladder);
}

static gboolean
key_clear_cb (ConcTimingPage *self)
{
  if (conc_timing_page_shows_ladder (self) && *gtk_editable_get_text (self->bib_entry) == '\0' &&
      !self->is_replacing && conc_ladder_view_leave (self->ladder))
    return TRUE;
  gtk_editable_set_text (self->bib_entry, "");
  conc_timing_page_say (self, "", FALSE);
  conc_timing_page_leave_wrong (self);
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  conc_timing_page_scroll_to_end (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->bib_entry));
  return TRUE;
}

static gboolean
key_remove_cb (ConcTimingPage *self)
{
  ConcTapRow *row = conc_timing_page_get_selected (self);

  if (conc_timing_page_shows_ladder (self) && *gtk_editable_get_text (self->bib_entry) == '\0')
    return conc_ladder_view_remove (self->ladder);
  if (row == NULL || *gtk_editable_get_text (self->bib_entry) != '\0')
    return FALSE;
  conc_timing_page_undo_row (self, row);
  return TRUE;
}

static void
key_move_cb (ConcTimingPage *self, int direction)
{
  if (conc_timing_page_shows_ladder (self))
    conc_ladder_view_move (self->ladder, direction);
  else
    conc_timing_page_move_selection (self, direction);
}

static void
tap_clicked_cb (ConcTimingPage *self)
{
  if (self->session != NULL)
    conc_timing_page_tap (self, 0);
}

static void
newest_clicked_cb (ConcTimingPage *self)
{
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  conc_timing_page_scroll_to_end (self);
}

/* A tile of who was expected: the runner is at the line, with the time of the press. */
static void
cross_cb (ConcTimingPage *self, guint bib, guint event_msec)
{
  ConcClock   *clock = conc_session_get_clock (self->session);
  ConcKeyTime  time = conc_key_time_read (event_msec, clock);
  ConcCommand *command = conc_command_new_bib (CONC_COMMAND_CROSS, clock, bib);

  if (time.is_key_time)
    conc_command_set_key_time (command, time.wall_usec, time.monotonic_usec);
  conc_tap_list_submit (self->taps, command);
}

static void
ladder_toggled_cb (ConcTimingPage *self)
{
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  conc_timing_page_choose_list (self);
}

static void
ladder_correct_cb (ConcTimingPage *self, const char *entry, guint bib)
{
  conc_timing_page_correct (self, entry, bib);
}

/* What is suspected is told where the ladder is out of sight, too. */
static void
ladder_doubts_cb (ConcTimingPage *self)
{
  guint            n_doubts;
  g_autofree char *text = NULL;

  g_object_get (self->ladder, "doubts", &n_doubts, NULL);
  text = g_strdup_printf (ngettext ("Ladder: %u suspicion", "Ladder: %u suspicions", n_doubts),
                          n_doubts);
  gtk_button_set_label (GTK_BUTTON (self->ladder_button), n_doubts > 0 ? text : _ ("Ladder"));
}

static void
choice_cb (ConcTimingPage *self)
{
  conc_timing_page_update_clock (self);
}

static void
connect_keys (ConcTimingPage *self)
{
  static const struct
  {
    const char *signal;
    GCallback   callback;
  } table[] = {
    { "tap", G_CALLBACK (key_tap_cb) },       { "gun", G_CALLBACK (key_gun_cb) },
    { "typed", G_CALLBACK (key_typed_cb) },   { "erase", G_CALLBACK (key_erase_cb) },
    { "enter", G_CALLBACK (key_enter_cb) },   { "clear", G_CALLBACK (key_clear_cb) },
    { "remove", G_CALLBACK (key_remove_cb) }, { "move", G_CALLBACK (key_move_cb) },
    { "ladder", G_CALLBACK (key_ladder_cb) }, { "menu", G_CALLBACK (key_menu_cb) },
    { "unread", G_CALLBACK (key_unread_cb) }, { "wrong", G_CALLBACK (key_wrong_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_signal_connect_object (self->keys, table[i].signal, table[i].callback, self,
                             G_CONNECT_SWAPPED);
}

static void
set_session (ConcTimingPage *self, ConcSession *session)
{
  g_autoptr (ConcTapList) taps = NULL;

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  conc_timing_page_set_taps (self, NULL);
  g_clear_pointer (&self->said_fact, g_free);
  g_clear_pointer (&self->replaced, g_free);
  g_set_object (&self->session, session);
  conc_race_clock_set_clock (self->clock, NULL, NULL);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (session_changed_cb), self);
  g_signal_connect (session, "said", G_CALLBACK (session_said_cb), self);
  taps = conc_tap_list_new (session);
  conc_timing_page_set_taps (self, taps);
  conc_race_clock_set_clock (self->clock, conc_session_get_race_clock (session),
                             conc_session_get_zone (session));
  conc_timing_page_load_guns (self);
  update_rate_cb (self);
}

static gboolean
conc_timing_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_TIMING_PAGE (widget)->bib_entry));
}

/* The keys go to the window that is in front. */
static void
window_active_cb (ConcTimingPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_widget_set_visible (self->away_label,
                          GTK_IS_WINDOW (root) && !gtk_window_is_active (GTK_WINDOW (root)));
}

static void
conc_timing_page_map (GtkWidget *widget)
{
  ConcTimingPage *self = CONC_TIMING_PAGE (widget);

  GTK_WIDGET_CLASS (conc_timing_page_parent_class)->map (widget);
  conc_timing_keys_attach (self->keys);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                           G_CALLBACK (window_active_cb), self, G_CONNECT_SWAPPED);
  update_rate_cb (self);
  self->rate_source = g_timeout_add_seconds (1, update_rate_cb, self);
  if (self->sticks_to_end)
    conc_timing_page_scroll_to_end (self);
}

static void
conc_timing_page_unmap (GtkWidget *widget)
{
  ConcTimingPage *self = CONC_TIMING_PAGE (widget);

  g_clear_handle_id (&self->rate_source, g_source_remove);
  conc_timing_keys_detach (self->keys);
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), window_active_cb, self);
  GTK_WIDGET_CLASS (conc_timing_page_parent_class)->unmap (widget);
}

static void
conc_timing_page_dispose (GObject *object)
{
  ConcTimingPage *self = CONC_TIMING_PAGE (object);
  GtkWidget      *content = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_clear_handle_id (&self->rate_source, g_source_remove);
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->taps != NULL)
    g_signal_handlers_disconnect_by_data (self->taps, self);
  g_clear_object (&self->keys);
  g_clear_object (&self->taps);
  g_clear_object (&self->session);
  g_clear_pointer (&self->gun_rows, g_ptr_array_unref);
  g_clear_pointer (&self->said_fact, g_free);
  g_clear_pointer (&content, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_TIMING_PAGE);
  g_clear_pointer (&self->views, g_hash_table_unref);
  G_OBJECT_CLASS (conc_timing_page_parent_class)->dispose (object);
}

static void
conc_timing_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_TIMING_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_timing_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_TIMING_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/timing/timing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, clock);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, wave_choice);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, guns);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, list);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, newest_button);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, bib_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, away_label);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, bib_label);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, message);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, message_undo);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, rate_label);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, selection);
  gtk_widget_class_bind_template_callback (widget_class, tap_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, newest_clicked_cb);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, ladder_button);
  gtk_widget_class_bind_template_child (widget_class, ConcTimingPage, ladder);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, ladder_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, ladder_correct_cb);
  gtk_widget_class_bind_template_callback (widget_class, ladder_doubts_cb);
  gtk_widget_class_bind_template_callback (widget_class, cross_cb);
}

static void
conc_timing_page_class_init (ConcTimingPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_timing_page_dispose;
  object_class->get_property = conc_timing_page_get_property;
  object_class->set_property = conc_timing_page_set_property;
  widget_class->grab_focus = conc_timing_page_grab_focus;
  widget_class->map = conc_timing_page_map;
  widget_class->unmap = conc_timing_page_unmap;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (CONC_TYPE_RACE_CLOCK);
  g_type_ensure (CONC_TYPE_LADDER_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
conc_timing_page_init (ConcTimingPage *self)
{
  self->gun_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = conc_timing_keys_new (GTK_WIDGET (self), self->bib_entry);
  connect_keys (self);
  conc_timing_page_init_guns (self);
  conc_timing_page_init_list (self);
}
