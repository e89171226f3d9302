/* check-in-page.c: finds who stands at the desk, and shows what is to be done for them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/check-in-page-private.h"

#include "app/check-in/recent-row.h"
#include "app/check-in/recent.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Who came together is looked for when typing pauses, because it takes a pass over everybody. */
#define GROUP_PAUSE_MSEC 150

enum
{
  PROP_SESSION = 1,
  PROP_HAS_RECENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
init_scan_target (ConcScanTargetInterface *iface)
{
  iface->take_scan = conc_check_in_page_take_scan;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ConcCheckInPage,
                               conc_check_in_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (CONC_TYPE_SCAN_TARGET, init_scan_target))

static char *
count_text (GtkWidget *widget, guint count)
{
  return g_strdup_printf ("%'u", count);
}

static double
share_of (GtkWidget *widget, guint part, guint whole)
{
  return whole > 0 ? MIN ((double) part / whole, 1.0) : 0.0;
}

static gboolean
session_said_cb (ConcSession     *session,
                 const char      *sentence,
                 const char      *fact,
                 ConcCheckInPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  conc_desk_message_tell (conc_desk_search_get_message (self->search), sentence);
  return TRUE;
}

static const char *
get_resting_card (ConcCheckInPage *self)
{
  return self->session != NULL && conc_session_get_counts (self->session)->n_registered == 0
             ? "empty"
             : "idle";
}

/* ------------------------------------------------------------------ the card */

static gboolean
load_group_cb (gpointer user_data)
{
  ConcCheckInPage *self = user_data;
  ConcDeskReader  *desk = conc_check_in_page_get_desk (self);
  g_autoptr (GPtrArray) group = NULL;

  self->group_source = 0;
  if (self->shown == NULL || desk == NULL)
    return G_SOURCE_REMOVE;
  group = conc_reader_list_group (conc_session_get_reader (self->session),
                                  conc_match_get_id (self->shown), NULL);
  conc_group_box_show (conc_runner_card_get_group_box (self->card), group, desk,
                       conc_session_get_zone (self->session));
  return G_SOURCE_REMOVE;
}

static void
show_card (ConcCheckInPage *self, ConcMatch *match)
{
  g_autoptr (GError) error = NULL;
  ConcDeskReader *desk = conc_check_in_page_get_desk (self);
  ConcBibBox     *box = conc_runner_card_get_bib_box (self->card);
  g_autoptr (GPtrArray) items =
      desk != NULL ? conc_desk_reader_list (desk, conc_match_get_runner (match), &error) : NULL;
  guint typed = 0;

  if (items == NULL)
    {
      if (error != NULL)
        conc_session_fail (self->session, error->message);
      return;
    }
  conc_runner_card_show (self->card, match, items, desk);
  conc_runner_card_set_last (self->card,
                             conc_check_in_page_get_last (self, conc_match_get_id (match)));
  if (self->next_bib > 0 && conc_bib_box_read (box, &typed) && typed == 0)
    conc_bib_box_propose (box, self->next_bib);
  g_clear_handle_id (&self->group_source, g_source_remove);
  self->group_source = g_timeout_add (GROUP_PAUSE_MSEC, load_group_cb, self);
  gtk_stack_set_visible_child_name (self->card_stack, "card");
}

static void
chosen_cb (ConcCheckInPage *self, ConcMatch *match)
{
  conc_check_in_page_show (self, match);
}

/* A token that came as text is looked up like one that came from the scanner. */
static void
scanned_cb (ConcCheckInPage *self, const char *token)
{
  ConcRaceFile *file = conc_session_get_file (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcScanned) scanned =
      conc_reader_find_scanned (conc_session_get_reader (self->session),
                                conc_race_file_get_race_id (file), conc_race_file_get_key (file),
                                token, &error);

  if (scanned == NULL)
    conc_session_fail (self->session, error->message);
  else
    conc_check_in_page_take_scan (CONC_SCAN_TARGET (self), scanned);
}

static void
activated_cb (ConcCheckInPage *self)
{
  if (self->shown != NULL)
    conc_check_in_page_confirm (self, FALSE);
  else if (conc_desk_search_is_typed (self->search))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
stopped_cb (ConcCheckInPage *self)
{
  conc_check_in_page_show (self, NULL);
}

/* ------------------------------------------------------------------ forms */

static void
waiver_accepted_cb (ConcCheckInPage *self, const char *signer, const char *signature)
{
  g_autofree char *sentence = NULL;

  if (self->shown != NULL)
    {
      sentence = g_strdup_printf (_ ("Waiver signed by %s."), signer);
      conc_check_in_page_do (self,
                             conc_command_new_waiver (conc_session_get_clock (self->session),
                                                      conc_match_get_id (self->shown), "screen",
                                                      signer, signature),
                             sentence);
    }
  conc_check_in_page_back (self);
}

static void
registered_cb (ConcCheckInPage *self, const char *id, ConcJointDeed *bundle)
{
  conc_check_in_page_registered (self, id, bundle);
}

static void
known_cb (ConcCheckInPage *self, const char *id)
{
  conc_desk_search_clear (self->search);
  conc_check_in_page_show_id (self, id);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
closed_cb (ConcCheckInPage *self)
{
  conc_check_in_page_back (self);
}

/* ------------------------------------------------------------------ progress */

static gboolean
shows_progress (ConcCheckInPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->card_stack), "progress") == 0;
}

/* Whoever is scanned or typed takes the place of the progress again, without a question. */
static void
card_stack_cb (ConcCheckInPage *self)
{
  gtk_toggle_button_set_active (self->progress_button, shows_progress (self));
}

static void
progress_toggled_cb (ConcCheckInPage *self)
{
  const gboolean is_wanted = gtk_toggle_button_get_active (self->progress_button);

  if (is_wanted == shows_progress (self))
    return;
  if (is_wanted)
    gtk_stack_set_visible_child_name (self->card_stack, "progress");
  else
    conc_check_in_page_back (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* ------------------------------------------------------------------ changes of the race */

/* Whether somebody types or reads on another side than the card, which is not to be taken away. */
static gboolean
is_elsewhere (ConcCheckInPage *self)
{
  const char *side = gtk_stack_get_visible_child_name (self->card_stack);

  return g_strcmp0 (side, "walk-up") == 0 || g_strcmp0 (side, "story") == 0 ||
         g_strcmp0 (side, "waiver") == 0;
}

/* Reads again whose card or confirmation is shown. */
static void
refresh_shown (ConcCheckInPage *self)
{
  ConcMatch *old = self->done != NULL ? self->done : self->shown;
  g_autoptr (ConcMatch) match = NULL;

  if (is_elsewhere (self) || shows_progress (self))
    return;
  if (old == NULL)
    {
      gtk_stack_set_visible_child_name (self->card_stack, get_resting_card (self));
      return;
    }
  match = conc_check_in_page_load (self, conc_match_get_id (old));
  if (self->done != NULL && match != NULL && conc_match_get_checked_in (match))
    return;
  conc_check_in_page_show (self, match);
}

static gboolean
concerns (ConcMatch *match, char **subjects)
{
  return match != NULL && (subjects == NULL || g_strv_contains ((const char *const *) subjects,
                                                                conc_match_get_id (match)));
}

/* A payment is about the runner too, though its subject is another. */
static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcCheckInPage *self)
{
  const gboolean is_about_runners =
      (what & (CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS | CONC_CHANGED_MONEY)) != 0;

  if (!is_about_runners)
    return;
  g_clear_pointer (&self->desk, conc_desk_reader_free);
  if (subjects == NULL)
    conc_reader_prepare_search (conc_session_get_reader (session));
  if ((what & (CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS)) != 0)
    conc_recent_update (self->recent, session, subjects);
  if (!is_elsewhere (self) && conc_desk_search_again (self->search))
    return;
  if (concerns (self->shown, subjects) || concerns (self->done, subjects) || self->shown == NULL ||
      (what & CONC_CHANGED_MONEY) != 0)
    refresh_shown (self);
}

static void
recent_changed_cb (ConcCheckInPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_RECENT]);
}

static void
set_session (ConcCheckInPage *self, ConcSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->group_source, g_source_remove);
  g_clear_pointer (&self->desk, conc_desk_reader_free);
  g_clear_object (&self->done);
  g_clear_object (&self->done_joint);
  g_clear_object (&self->pending);
  g_hash_table_remove_all (self->deeds);
  self->next_bib = 0;
  g_list_store_remove_all (self->recent);
  conc_story_view_set_subject (self->story_view, NULL);
  conc_story_view_set_session (self->story_view, session);
  g_set_object (&self->session, session);
  conc_desk_search_set_session (self->search, session);
  conc_runner_card_set_session (self->card, session);
  conc_done_card_set_session (self->done_card, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
      g_signal_connect_object (session, "said", G_CALLBACK (session_said_cb), self, 0);
      conc_reader_prepare_search (conc_session_get_reader (session));
      conc_recent_load (self->recent, session);
    }
  conc_check_in_page_show (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

/* Keys typed anywhere in the window go to the entry while the desk is shown, but not those that are
 * typed on the card or in a form. */
static void
capture_keys_cb (ConcCheckInPage *self)
{
  const gboolean is_typing = conc_runner_card_is_typing (self->card) || is_elsewhere (self);

  conc_desk_search_set_capture (self->search, is_typing ? NULL : self->window);
}

static void
conc_check_in_page_map (GtkWidget *widget)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  GTK_WIDGET_CLASS (conc_check_in_page_parent_class)->map (widget);
  self->window = GTK_WIDGET (gtk_widget_get_root (widget));
  g_signal_connect_object (self->window, "notify::focus-widget", G_CALLBACK (capture_keys_cb), self,
                           G_CONNECT_SWAPPED);
  capture_keys_cb (self);
}

static void
conc_check_in_page_unmap (GtkWidget *widget)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  g_signal_handlers_disconnect_by_data (self->window, self);
  self->window = NULL;
  conc_desk_search_set_capture (self->search, NULL);
  GTK_WIDGET_CLASS (conc_check_in_page_parent_class)->unmap (widget);
}

static gboolean
conc_check_in_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_CHECK_IN_PAGE (widget)->search));
}

static void
conc_check_in_page_dispose (GObject *object)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (object);

  if (self->session != NULL)
    set_session (self, NULL);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->done_fact, g_free);
  g_clear_pointer (&self->deeds, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_CHECK_IN_PAGE);
  G_OBJECT_CLASS (conc_check_in_page_parent_class)->dispose (object);
}

static void
conc_check_in_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_HAS_RECENT:
      /* Bindings ask while the template is being built. */
      g_value_set_boolean (value, self->recent != NULL &&
                                      g_list_model_get_n_items (G_LIST_MODEL (self->recent)) > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_check_in_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_CHECK_IN_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/check-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, content);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, search);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, recent);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, card_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, card);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, done_card);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, walk_up_form);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, waiver_form);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, story_heading);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, story_view);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, progress_button);
  gtk_widget_class_bind_template_callback (widget_class, count_text);
  gtk_widget_class_bind_template_callback (widget_class, share_of);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, scanned_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, registered_cb);
  gtk_widget_class_bind_template_callback (widget_class, known_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, waiver_accepted_cb);
  gtk_widget_class_bind_template_callback (widget_class, progress_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, card_stack_cb);
}

static void
conc_check_in_page_class_init (ConcCheckInPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_check_in_page_dispose;
  object_class->get_property = conc_check_in_page_get_property;
  object_class->set_property = conc_check_in_page_set_property;
  widget_class->map = conc_check_in_page_map;
  widget_class->unmap = conc_check_in_page_unmap;
  widget_class->grab_focus = conc_check_in_page_grab_focus;

  props[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_HAS_RECENT] = g_param_spec_boolean ("has-recent", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (CONC_TYPE_DESK_SEARCH);
  g_type_ensure (CONC_TYPE_DONE_CARD);
  g_type_ensure (CONC_TYPE_RECENT_ROW);
  g_type_ensure (CONC_TYPE_STORY_VIEW);
  g_type_ensure (CONC_TYPE_WAIVER_FORM);
  g_type_ensure (CONC_TYPE_WALK_UP_FORM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  conc_check_in_page_install_actions (widget_class);
}

static void
conc_check_in_page_init (ConcCheckInPage *self)
{
  self->deeds = conc_check_in_page_new_deeds ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->recent, "items-changed", G_CALLBACK (recent_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* A sentence below the entry; NULL takes it away. */
void
conc_check_in_page_say (ConcCheckInPage *self, const char *sentence)
{
  conc_desk_message_warn (conc_desk_search_get_message (self->search), sentence);
}

/* The card of @match; NULL for nobody. */
void
conc_check_in_page_show (ConcCheckInPage *self, ConcMatch *match)
{
  g_set_object (&self->shown, match);
  g_clear_object (&self->done);
  if (match != NULL)
    show_card (self, match);
  else
    gtk_stack_set_visible_child_name (self->card_stack, get_resting_card (self));
}

void
conc_check_in_page_show_id (ConcCheckInPage *self, const char *id)
{
  g_autoptr (ConcMatch) match = conc_check_in_page_load (self, id);

  conc_check_in_page_show (self, match);
}

/* The confirmation, which was filled before. */
void
conc_check_in_page_show_done (ConcCheckInPage *self)
{
  gtk_stack_set_visible_child_name (self->card_stack, "done");
}

/* From a form or the story to what was shown before it; from the card to the search. */
void
conc_check_in_page_back (ConcCheckInPage *self)
{
  g_autoptr (ConcMatch) shown = self->shown != NULL ? g_object_ref (self->shown) : NULL;

  const gboolean is_aside = is_elsewhere (self) || shows_progress (self);

  if (is_aside && self->done != NULL)
    conc_check_in_page_show_done (self);
  else if (is_aside)
    {
      gtk_stack_set_visible_child_name (self->card_stack, get_resting_card (self));
      conc_check_in_page_show_id (self, shown != NULL ? conc_match_get_id (shown) : "");
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Runner @id as the race has it now; NULL for nobody. */
ConcMatch *
conc_check_in_page_load (ConcCheckInPage *self, const char *id)
{
  ConcRunner *runner = conc_reader_get_runner (conc_session_get_reader (self->session), id, NULL);

  return runner != NULL ? conc_match_new (runner, conc_session_get_zone (self->session)) : NULL;
}

/* What the desk knows of the race; NULL when it could not be read, which was said. */
ConcDeskReader *
conc_check_in_page_get_desk (ConcCheckInPage *self)
{
  g_autoptr (GError) error = NULL;

  if (self->desk == NULL)
    self->desk = conc_desk_reader_new (conc_session_get_reader (self->session), &error);
  if (self->desk == NULL)
    conc_session_fail (self->session, error->message);
  return self->desk;
}
