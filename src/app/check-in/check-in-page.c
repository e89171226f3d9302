/* check-in-page.c: finds who stands at the desk and checks them in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/check-in-page.h"

#include "app/check-in/desk-search.h"
#include "app/check-in/done-card.h"
#include "app/check-in/match.h"
#include "app/check-in/recent.h"
#include "app/check-in/runner-card.h"
#include "app/scan.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _ConcCheckInPage
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget      *content;
  ConcDeskSearch *search;
  GListStore     *recent;
  GtkStack       *card_stack;
  ConcRunnerCard *card;
  ConcDoneCard   *done_card;

  /* owned */
  ConcSession *session;
  ConcMatch   *shown;   /* whose card is shown */
  ConcMatch   *pending; /* whose check-in is on its way to the disk */
  ConcMatch   *done;    /* whose check-in is confirmed */
  char        *done_fact;

  /* borrowed */
  GtkWidget *window; /* while the page is shown */
};

enum
{
  PROP_SESSION = 1,
  PROP_HAS_RECENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void init_scan_target (ConcScanTargetInterface *iface);

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

/* A sentence below the entry; NULL takes it away. */
static void
say (ConcCheckInPage *self, const char *sentence)
{
  conc_desk_message_warn (conc_desk_search_get_message (self->search), sentence);
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

static void
show_match (ConcCheckInPage *self, ConcMatch *match)
{
  g_set_object (&self->shown, match);
  g_clear_object (&self->done);
  conc_runner_card_set_match (self->card, match);
  gtk_stack_set_visible_child_name (self->card_stack,
                                    match != NULL ? "card" : get_resting_card (self));
}

static void
load_waves (ConcCheckInPage *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) waves = conc_reader_list_waves (conc_session_get_reader (self->session), &error);

  if (waves == NULL)
    conc_session_fail (self->session, error->message);
  conc_runner_card_set_waves (self->card, (const char *const *) waves);
}

static ConcMatch *
new_match (ConcCheckInPage *self, ConcRunner *runner)
{
  return conc_match_new (runner, conc_session_get_zone (self->session));
}

/* Shows whose code it is, or why it is nobody's. */
static void
show_scanned (ConcCheckInPage *self, const ConcScanned *scanned)
{
  g_autoptr (ConcMatch) match = NULL;

  if (scanned->as == CONC_SCANNED_RUNNER)
    match = new_match (self, conc_runner_copy (scanned->runners->pdata[0]));
  show_match (self, match);
  say (self, scanned->sentence);
}

static gboolean
take_scan (ConcScanTarget *target, const ConcScanned *scanned)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (target);

  conc_desk_search_clear (self->search);
  show_scanned (self, scanned);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  return TRUE;
}

static void
init_scan_target (ConcScanTargetInterface *iface)
{
  iface->take_scan = take_scan;
}

static ConcMatch *
load_match (ConcCheckInPage *self, const char *id)
{
  ConcRunner *runner = conc_reader_get_runner (conc_session_get_reader (self->session), id, NULL);

  return runner != NULL ? new_match (self, runner) : NULL;
}

/* Somebody may have typed on meanwhile: then the confirmation does not take their place. */
static void
confirmed_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcCheckInPage *self = user_data;
  g_autoptr (ConcMatch) match = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *fact = NULL;

  if (self->session != session)
    return;
  match = load_match (self, conc_match_get_id (self->pending));
  g_clear_object (&self->pending);
  if (error != NULL && !conc_desk_search_is_typed (self->search))
    show_match (self, match);
  if (error != NULL)
    say (self, error->message);
  if (error != NULL || match == NULL)
    return;
  summary = conc_match_dup_summary (match);
  if (receipt->was_already)
    {
      sentence = g_strdup_printf (_ ("%s: checked in already."), summary);
      say (self, sentence);
    }
  else if (conc_desk_search_is_typed (self->search))
    {
      fact = conc_fact_id_to_text (&receipt->fact);
      sentence = g_strdup_printf (_ ("Checked in %s."), summary);
      conc_session_say (session, sentence, fact);
    }
  else
    {
      g_clear_object (&self->shown);
      g_set_object (&self->done, match);
      g_free (self->done_fact);
      self->done_fact = conc_fact_id_to_text (&receipt->fact);
      conc_done_card_set_match (self->done_card, match);
      gtk_stack_set_visible_child_name (self->card_stack, "done");
    }
}

/* Until it is on the disk another Enter does nothing. */
static void
check_in (ConcCheckInPage *self, ConcMatch *match)
{
  ConcCommand     *command;
  g_autofree char *sentence = NULL;
  g_autofree char *state = NULL;

  if (self->pending != NULL)
    return;
  if (conc_match_get_checked_in (match))
    {
      g_object_get (match, "checked-in-text", &state, NULL);
      sentence = g_strdup_printf ("%s: %s.", conc_match_get_name (match), state);
      say (self, sentence);
      return;
    }
  command = conc_command_new (CONC_COMMAND_CHECK_IN, conc_session_get_clock (self->session));
  command->runner_id = g_strdup (conc_match_get_id (match));
  g_set_object (&self->pending, match);
  g_clear_object (&self->shown);
  conc_desk_search_clear (self->search);
  say (self, NULL);
  conc_session_submit (self->session, command, confirmed_cb, self);
}

static void
undone_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcCheckInPage *self = user_data;

  if (receipt == NULL && self->session == session)
    say (self, error->message);
}

static void
check_out (ConcCheckInPage *self, ConcMatch *match)
{
  ConcCommand *command =
      conc_command_new (CONC_COMMAND_CHECK_OUT, conc_session_get_clock (self->session));

  command->runner_id = g_strdup (conc_match_get_id (match));
  conc_session_submit (self->session, command, undone_cb, self);
}

static void
chosen_cb (ConcCheckInPage *self, ConcMatch *match)
{
  show_match (self, match);
}

static void
scanned_cb (ConcCheckInPage *self, const char *token)
{
  ConcRaceFile *file = conc_session_get_file (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcScanned) scanned =
      conc_reader_find_scanned (conc_session_get_reader (self->session),
                                conc_race_file_get_race_id (file), conc_race_file_get_key (file),
                                token, &error);

  if (scanned != NULL)
    show_scanned (self, scanned);
  else
    conc_session_fail (self->session, error->message);
}

static void
activated_cb (ConcCheckInPage *self)
{
  if (self->shown != NULL)
    check_in (self, self->shown);
  else if (conc_desk_search_is_typed (self->search))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
stopped_cb (ConcCheckInPage *self)
{
  show_match (self, NULL);
}

static void
undo_row_cb (GtkButton *button, GtkListItem *item)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), CONC_TYPE_CHECK_IN_PAGE);

  check_out (CONC_CHECK_IN_PAGE (page), gtk_list_item_get_item (item));
}

static void
confirm_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  if (self->shown != NULL)
    check_in (self, self->shown);
}

static void
undo_shown_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  if (self->shown != NULL)
    check_out (self, self->shown);
}

static void
undo_done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  if (self->done != NULL && self->done_fact != NULL)
    conc_session_undo (self->session, self->done_fact);
}

/* Back to the card of somebody who is checked in and has no bib yet. */
static void
show_done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  g_autoptr (ConcMatch) match = self->done != NULL ? g_object_ref (self->done) : NULL;

  if (match == NULL)
    return;
  show_match (self, match);
  conc_runner_card_focus_bib (self->card);
}

static void
bib_given_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcCheckInPage *self = user_data;

  if (self->session != session)
    return;
  if (receipt == NULL)
    conc_runner_card_say (self->card, error->message);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
give_bib_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  const char      *text = g_variant_get_string (parameter, NULL);
  g_autoptr (ConcRunner) wanted = NULL;
  guint64 bib;

  if (self->shown == NULL)
    return;
  if (!g_ascii_string_to_unsigned (text, 10, 1, CONC_BIB_MAX, &bib, NULL))
    {
      conc_runner_card_say (self->card, _ ("A bib is a number from 1 to 999999."));
      return;
    }
  wanted = conc_runner_copy (conc_match_get_runner (self->shown));
  conc_runner_take (wanted, CONC_FIELD_BIB, g_strdup_printf ("%u", (guint) bib));
  conc_session_submit (self->session,
                       conc_command_new_edit (conc_session_get_clock (self->session),
                                              conc_match_get_runner (self->shown), wanted),
                       bib_given_cb, self);
}

/* Reads again whose card or confirmation is shown. */
static void
refresh_shown (ConcCheckInPage *self)
{
  ConcMatch *old = self->done != NULL ? self->done : self->shown;
  g_autoptr (ConcMatch) match = NULL;

  if (old == NULL)
    {
      gtk_stack_set_visible_child_name (self->card_stack, get_resting_card (self));
      return;
    }
  match = load_match (self, conc_match_get_id (old));
  if (self->done != NULL && match != NULL && conc_match_get_checked_in (match))
    return;
  show_match (self, match);
}

static gboolean
concerns (ConcMatch *match, char **subjects)
{
  return match != NULL && (subjects == NULL || g_strv_contains ((const char *const *) subjects,
                                                                conc_match_get_id (match)));
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcCheckInPage *self)
{
  if ((what & (CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS)) == 0)
    return;
  if (subjects == NULL)
    conc_reader_prepare_search (conc_session_get_reader (session));
  if (subjects == NULL || (what & CONC_CHANGED_SETTINGS) != 0)
    load_waves (self);
  conc_recent_update (self->recent, session, subjects);
  if (conc_desk_search_again (self->search))
    return;
  if (concerns (self->shown, subjects) || concerns (self->done, subjects) || self->shown == NULL)
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
  g_clear_object (&self->done);
  g_clear_object (&self->pending);
  g_list_store_remove_all (self->recent);
  g_set_object (&self->session, session);
  conc_desk_search_set_session (self->search, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
      g_signal_connect_object (session, "said", G_CALLBACK (session_said_cb), self, 0);
      conc_reader_prepare_search (conc_session_get_reader (session));
      conc_recent_load (self->recent, session);
      load_waves (self);
    }
  show_match (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

/* Keys typed anywhere in the window go to the entry while the desk is shown, but not those of a bib
 * that is typed on the card. */
static void
capture_keys_cb (ConcCheckInPage *self)
{
  conc_desk_search_set_capture (self->search,
                                conc_runner_card_has_focus (self->card) ? NULL : self->window);
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
  gtk_widget_class_bind_template_callback (widget_class, count_text);
  gtk_widget_class_bind_template_callback (widget_class, share_of);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, scanned_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_row_cb);
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

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "check-in.confirm", NULL, confirm_action);
  gtk_widget_class_install_action (widget_class, "check-in.undo-shown", NULL, undo_shown_action);
  gtk_widget_class_install_action (widget_class, "check-in.undo-done", NULL, undo_done_action);
  gtk_widget_class_install_action (widget_class, "check-in.give-bib", "s", give_bib_action);
  gtk_widget_class_install_action (widget_class, "check-in.show-done", NULL, show_done_action);
}

static void
conc_check_in_page_init (ConcCheckInPage *self)
{
  g_type_ensure (CONC_TYPE_DESK_SEARCH);
  g_type_ensure (CONC_TYPE_DONE_CARD);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->recent, "items-changed", G_CALLBACK (recent_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
