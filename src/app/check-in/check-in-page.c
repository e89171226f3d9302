/* check-in-page.c: finds who stands at the desk and checks them in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/check-in-page.h"

#include "app/check-in/match.h"
#include "app/check-in/recent.h"
#include "app/check-in/runner-card.h"
#include "core/tell-apart.h"
#include "core/token.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MATCHES_MAX 50u

struct _ConcCheckInPage
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget          *content;
  GtkEditable        *search_entry;
  GtkWidget          *message_box;
  GtkImage           *message_icon;
  GtkLabel           *message_label;
  GtkStack           *list_stack;
  GtkListView        *match_list;
  GtkSingleSelection *selection;
  GListStore         *matches;
  GListStore         *recent;
  GtkLabel           *none_label;
  GtkStack           *card_stack;
  ConcRunnerCard     *card;
  GtkLabel           *done_state;
  GtkLabel           *done_label;
  GtkLabel           *done_hint;
  GtkWidget          *done_give_bib;

  /* owned */
  ConcSession *session;
  ConcMatch   *shown;   /* whose card is shown */
  ConcMatch   *pending; /* whose check-in is on its way to the disk */
  ConcMatch   *done;    /* whose check-in is confirmed */
  char        *done_fact;

  /* borrowed */
  GtkWidget *window; /* while the page is shown */

  /* state */
  gboolean is_clearing;
  gboolean is_said_done; /* the sentence below the entry tells what was done */
};

enum
{
  PROP_SESSION = 1,
  PROP_HAS_RECENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcCheckInPage, conc_check_in_page, GTK_TYPE_WIDGET)

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
is_searching (ConcCheckInPage *self)
{
  return *gtk_editable_get_text (self->search_entry) != '\0';
}

/* A sentence below the entry; NULL takes it away. */
static void
say (ConcCheckInPage *self, const char *sentence)
{
  self->is_said_done = FALSE;
  gtk_widget_remove_css_class (self->message_box, "done");
  gtk_image_set_from_icon_name (self->message_icon, "dialog-warning-symbolic");
  gtk_label_set_label (self->message_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->message_box, sentence != NULL);
}

/* What was done, below the entry, so that no toast covers the button to check in. It stays while
 * the next name is typed. */
static gboolean
session_said_cb (ConcSession     *session,
                 const char      *sentence,
                 const char      *fact,
                 ConcCheckInPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  say (self, sentence);
  self->is_said_done = TRUE;
  gtk_widget_add_css_class (self->message_box, "done");
  gtk_image_set_from_icon_name (self->message_icon, "emblem-ok-symbolic");
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

static void
clear_search (ConcCheckInPage *self)
{
  self->is_clearing = TRUE;
  gtk_editable_set_text (self->search_entry, "");
  self->is_clearing = FALSE;
  g_list_store_remove_all (self->matches);
  gtk_stack_set_visible_child_name (self->list_stack, "idle");
}

/* Fills the list with @runners, and keeps whoever was selected if still among them. */
static void
fill_matches (ConcCheckInPage *self, GPtrArray *runners)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) tell_apart = conc_tell_apart (runners);
  g_autofree char *selected = NULL;
  guint            position = 0;

  if (self->shown != NULL)
    selected = g_strdup (conc_match_get_id (self->shown));
  for (guint i = 0; i < runners->len; i++)
    {
      ConcMatch *match = new_match (self, conc_runner_copy (g_ptr_array_index (runners, i)));

      conc_match_set_tell_apart (match, g_ptr_array_index (tell_apart, i));
      if (g_strcmp0 (conc_match_get_id (match), selected) == 0)
        position = i;
      g_ptr_array_add (items, match);
    }
  g_list_store_splice (self->matches, 0, g_list_model_get_n_items (G_LIST_MODEL (self->matches)),
                       items->pdata, items->len);
  gtk_single_selection_set_selected (self->selection, position);
}

static void
search (ConcCheckInPage *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) runners = NULL;
  g_autofree char *sentence = NULL;

  runners = conc_reader_search (conc_session_get_reader (self->session), text, MATCHES_MAX, &error);
  if (runners == NULL)
    {
      conc_session_fail (self->session, error->message);
      show_match (self, NULL);
      return;
    }
  fill_matches (self, runners);
  if (runners->len > 0)
    {
      gtk_stack_set_visible_child_name (self->list_stack, "list");
      return;
    }
  sentence = g_strdup_printf (_ ("Nobody matches “%s”."), text);
  gtk_label_set_label (self->none_label, sentence);
  gtk_stack_set_visible_child_name (self->list_stack, "none");
  show_match (self, NULL);
}

/* Shows whose bib it is. Whatever was typed before the scan is not part of it. */
static void
show_token (ConcCheckInPage *self, const char *token)
{
  ConcRaceFile *file = conc_session_get_file (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  g_autoptr (ConcMatch) match = NULL;
  g_autofree char *sentence = NULL;
  guint            bib;

  if (!conc_token_parse (token, conc_race_file_get_race_id (file),
                         g_bytes_get_data (conc_race_file_get_key (file), NULL), &bib, &error))
    {
      show_match (self, NULL);
      say (self, error->message);
      return;
    }
  runner = conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), bib, &error);
  if (runner == NULL)
    {
      sentence =
          g_strdup_printf (_ ("Nobody has bib %u yet. Search for the name and give it."), bib);
      show_match (self, NULL);
      say (self, error != NULL ? error->message : sentence);
      return;
    }
  match = new_match (self, g_steal_pointer (&runner));
  show_match (self, match);
}

static const char *
find_token (const char *text)
{
  gsize length = strlen (text);

  if (length < CONC_TOKEN_LENGTH)
    return conc_token_looks_like_token (text) ? text : NULL;
  text += length - CONC_TOKEN_LENGTH;
  return conc_token_looks_like_token (text) ? text : NULL;
}

static void
search_changed_cb (ConcCheckInPage *self)
{
  g_autofree char *text = NULL;

  if (self->is_clearing || self->session == NULL)
    return;
  text = g_strstrip (g_strdup (gtk_editable_get_text (self->search_entry)));
  /* What is typed elsewhere comes here without the focus, but Enter would not. */
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!self->is_said_done)
    say (self, NULL);
  if (*text == '\0')
    {
      clear_search (self);
      show_match (self, NULL);
    }
  else if (find_token (text) != NULL)
    {
      g_list_store_remove_all (self->matches);
      gtk_stack_set_visible_child_name (self->list_stack, "idle");
      show_token (self, find_token (text));
    }
  else
    search (self, text);
}

static void
selected_cb (ConcCheckInPage *self)
{
  ConcMatch *match = gtk_single_selection_get_selected_item (self->selection);

  if (match != NULL)
    show_match (self, match);
}

/* A virtual runner needs no bib. */
static gboolean
lacks_bib (ConcMatch *match)
{
  const ConcRunner *runner = conc_match_get_runner (match);

  return conc_runner_get_bib (runner) == 0 && !conc_runner_get_virtual (runner);
}

static void
show_done (ConcCheckInPage *self, ConcReceipt *receipt)
{
  g_autofree char *summary = conc_match_dup_summary (self->done);
  g_autofree char *state = NULL;

  g_object_get (self->done, "checked-in-text", &state, NULL);
  g_free (self->done_fact);
  self->done_fact = conc_fact_id_to_text (&receipt->fact);
  gtk_label_set_label (self->done_state, state != NULL ? state : _ ("Checked in"));
  gtk_label_set_label (self->done_label, summary);
  gtk_label_set_label (self->done_hint, lacks_bib (self->done)
                                            ? _ ("This runner has no bib yet.")
                                            : _ ("The next runner: scan or type."));
  gtk_widget_set_visible (self->done_give_bib, lacks_bib (self->done));
  gtk_stack_set_visible_child_name (self->card_stack, "done");
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
  if (error != NULL && !is_searching (self))
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
  else if (is_searching (self))
    {
      fact = conc_fact_id_to_text (&receipt->fact);
      sentence = g_strdup_printf (_ ("Checked in %s."), summary);
      conc_session_say (session, sentence, fact);
    }
  else
    {
      g_clear_object (&self->shown);
      g_set_object (&self->done, match);
      show_done (self, receipt);
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
  clear_search (self);
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

/* A scanner ends with Enter: that one only shows whose bib it is, the next one checks in. */
static void
search_activate_cb (ConcCheckInPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->search_entry)));

  if (self->session == NULL)
    return;
  if (find_token (text) != NULL)
    {
      clear_search (self);
      say (self, NULL);
      show_token (self, find_token (text));
    }
  else if (self->shown != NULL)
    check_in (self, self->shown);
  else if (*text != '\0')
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
match_activate_cb (ConcCheckInPage *self)
{
  if (self->session != NULL && self->shown != NULL)
    check_in (self, self->shown);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
search_stop_cb (ConcCheckInPage *self)
{
  clear_search (self);
  say (self, NULL);
  show_match (self, NULL);
}

static void
move_selection (ConcCheckInPage *self, int by)
{
  int n_items = (int) g_list_model_get_n_items (G_LIST_MODEL (self->matches));
  int position = (int) gtk_single_selection_get_selected (self->selection);

  if (n_items == 0)
    return;
  position = CLAMP (position + by, 0, n_items - 1);
  gtk_single_selection_set_selected (self->selection, (guint) position);
  gtk_widget_activate_action (GTK_WIDGET (self->match_list), "list.scroll-to-item", "u",
                              (guint) position);
}

static gboolean
search_key_cb (ConcCheckInPage       *self,
               guint                  key,
               guint                  code,
               GdkModifierType        modifiers,
               GtkEventControllerKey *controller)
{
  const int page = 5;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move_selection (self, -page);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move_selection (self, page);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
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
  g_autofree char *text = NULL;

  if ((what & (CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS)) == 0)
    return;
  if (subjects == NULL)
    conc_reader_prepare_search (conc_session_get_reader (session));
  if (subjects == NULL || (what & CONC_CHANGED_SETTINGS) != 0)
    load_waves (self);
  conc_recent_update (self->recent, session, subjects);
  if (is_searching (self))
    {
      text = g_strstrip (g_strdup (gtk_editable_get_text (self->search_entry)));
      if (find_token (text) == NULL)
        {
          search (self, text);
          return;
        }
    }
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
  clear_search (self);
  g_list_store_remove_all (self->recent);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
      g_signal_connect_object (session, "said", G_CALLBACK (session_said_cb), self, 0);
      conc_reader_prepare_search (conc_session_get_reader (session));
      conc_recent_load (self->recent, session);
      load_waves (self);
    }
  say (self, NULL);
  show_match (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SESSION]);
}

/* Keys typed anywhere in the window go to the entry while the desk is shown, but not those of a bib
 * that is typed on the card. */
static void
capture_keys_cb (ConcCheckInPage *self)
{
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry),
                                           conc_runner_card_has_focus (self->card) ? NULL
                                                                                   : self->window);
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
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->search_entry), NULL);
  GTK_WIDGET_CLASS (conc_check_in_page_parent_class)->unmap (widget);
}

/* Selecting, as GTK does on focus, would make the next letter replace those typed before. */
static gboolean
conc_check_in_page_grab_focus (GtkWidget *widget)
{
  GtkEditable *text = gtk_editable_get_delegate (CONC_CHECK_IN_PAGE (widget)->search_entry);

  return gtk_widget_has_focus (GTK_WIDGET (text)) ||
         gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
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
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, message_box);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, message_icon);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, match_list);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, selection);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, matches);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, recent);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, none_label);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, card_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, card);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, done_state);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, done_label);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, done_hint);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckInPage, done_give_bib);
  gtk_widget_class_bind_template_callback (widget_class, count_text);
  gtk_widget_class_bind_template_callback (widget_class, share_of);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, match_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->recent, "items-changed", G_CALLBACK (recent_changed_cb), self,
                           G_CONNECT_SWAPPED);
}
