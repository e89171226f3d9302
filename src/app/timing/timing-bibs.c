/* timing-bibs.c: taps and bibs on the timing page: what a key or a scanned code becomes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/timing-page-private.h"

#include "core/race-time.h"
#include "core/token.h"

#include <glib/gi18n.h>

/* The line beside the entry says what just happened. */
void
conc_timing_page_say (ConcTimingPage *self, const char *sentence, gboolean is_trouble)
{
  g_clear_pointer (&self->said_fact, g_free);
  gtk_label_set_label (self->message, sentence);
  if (is_trouble)
    gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_set_visible (self->message_undo, FALSE);
}

/* Something that happened, and that Undo beside it takes back; @fact is NULL when it cannot. */
void
conc_timing_page_say_done (ConcTimingPage *self, const char *sentence, const char *fact)
{
  conc_timing_page_say (self, sentence, FALSE);
  if (fact == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->message_undo), "s", fact);
  gtk_widget_set_visible (self->message_undo, TRUE);
}

/* At the time of the event; 0 for now. */
void
conc_timing_page_tap (ConcTimingPage *self, guint32 event_msec)
{
  ConcClock   *clock = conc_session_get_clock (self->session);
  ConcKeyTime  time = conc_key_time_read (event_msec, clock);
  ConcCommand *command = conc_command_new (CONC_COMMAND_TAP, clock);

  if (time.is_key_time)
    conc_command_set_key_time (command, time.wall_usec, time.monotonic_usec);
  conc_tap_list_submit (self->taps, command);
}

/* The bib that was typed, or that of a code that was scanned. */
static gboolean
read_bib (ConcTimingPage *self, const char *text, guint *ret_bib, GError **error)
{
  ConcRaceFile *file = conc_session_get_file (self->session);
  guint64       number;

  if (conc_token_looks_like_token (text))
    return conc_token_parse (text, conc_race_file_get_race_id (file),
                             g_bytes_get_data (conc_race_file_get_key (file), NULL), ret_bib,
                             error);
  if (!g_ascii_string_to_unsigned (text, 10, 1, CONC_BIB_MAX, &number, NULL))
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED,
                   _ ("“%s” is not a bib. A bib is a number up to 999999."), text);
      return FALSE;
    }
  *ret_bib = (guint) number;
  return TRUE;
}

/* ------------------------------------------------------------- what became of a bib, in words */

/* (transfer full) (nullable): the tap that has the bib of @fact. */
static ConcTapRow *
find_tap_of (ConcTimingPage *self, const char *fact)
{
  GListModel *model = conc_tap_list_get_model (self->taps);

  for (guint i = g_list_model_get_n_items (model); i-- > 0;)
    {
      g_autoptr (ConcTapRow) row = g_list_model_get_item (model, i);

      if (conc_tap_row_get_bib (row) != 0 &&
          g_strcmp0 (conc_tap_row_get_undo_fact (row), fact) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* "finished, place 17, 24:31", or that it waits. */
static char *
dup_outcome (ConcTapRow *row)
{
  if (row == NULL)
    return g_strdup (_ ("kept for the next tap"));
  if (*conc_tap_row_get_race_text (row) == '\0')
    return g_strdup (conc_tap_row_get_state_text (row));
  return g_strdup_printf ("%s, %s", conc_tap_row_get_state_text (row),
                          conc_tap_row_get_race_text (row));
}

static char *
dup_said (ConcTimingPage *self)
{
  g_autoptr (ConcTapRow) row = find_tap_of (self, self->said_fact);
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *name = NULL;
  g_autofree char *outcome = dup_outcome (row);

  if (self->said_bib == 0)
    return g_strdup (_ ("A runner whose bib was not read: kept in the order of arrival"));
  runner =
      conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), self->said_bib, NULL);
  if (runner == NULL)
    return g_strdup_printf (row != NULL ? _ ("Nobody has bib %u; kept")
                                        : _ ("Nobody has bib %u; kept for the next tap"),
                            self->said_bib);
  name = conc_runner_dup_full_name (runner);
  /* Translators: the bib, the name, and what became of them. */
  return g_strdup_printf (_ ("%u %s: %s"), self->said_bib, name, outcome);
}

/* The sentence about the last bib, after its tap or its place changed. */
void
conc_timing_page_update_said (ConcTimingPage *self)
{
  g_autofree char *sentence = NULL;

  if (self->said_fact == NULL || self->session == NULL || self->taps == NULL)
    return;
  sentence = dup_said (self);
  if (!g_str_equal (sentence, gtk_label_get_label (self->message)))
    gtk_label_set_label (self->message, sentence);
}

static void
say_bib (ConcTimingPage *self, const ConcReceipt *receipt)
{
  g_autofree char *fact = conc_fact_id_to_text (&receipt->fact);

  conc_timing_page_say_done (self, "", conc_fact_id_is_set (&receipt->fact) ? fact : NULL);
  self->said_bib = receipt->bib;
  self->said_fact = g_steal_pointer (&fact);
  conc_timing_page_update_said (self);
}

/* ------------------------------------------------------------- bibs in the order of arrival */

static gboolean
is_done (ConcTimingPage *self, ConcReceipt *receipt, const GError *error)
{
  if (self->session == NULL)
    return FALSE;
  if (receipt == NULL)
    conc_timing_page_say (self, error->message, TRUE);
  return receipt != NULL;
}

static void
bib_done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  if (is_done (user_data, receipt, error))
    say_bib (user_data, receipt);
}

static void
wrong_done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  if (!is_done (user_data, receipt, error) && CONC_TIMING_PAGE (user_data)->session != NULL)
    conc_timing_page_leave_wrong (user_data);
}

static ConcCommand *
create_link_command (ConcTimingPage *self, ConcTapRow *row, guint bib, GError **error)
{
  ConcCommand *command;
  ConcFactId   fact;

  if (conc_tap_row_get_fact (row) == NULL ||
      !conc_fact_id_parse (conc_tap_row_get_fact (row), &fact))
    {
      g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED,
                           _ ("This tap is not saved, so it cannot have a bib."));
      return NULL;
    }
  command = conc_command_new_bib (CONC_COMMAND_LINK, conc_session_get_clock (self->session), bib);
  command->target = fact;
  return command;
}

/* The number after "the last one was wrong". Commands are done in the order in which they were
 * given, so the last bib of this station is the one that was meant. */
static void
replace_last (ConcTimingPage *self, guint bib)
{
  ConcClock *clock = conc_session_get_clock (self->session);

  if (self->replaced == NULL)
    {
      self->last_bib = bib;
      self->knows_last = TRUE;
    }
  conc_session_submit (self->session, conc_command_new_chute_set (clock, self->replaced, bib),
                       bib_done_cb, self);
  conc_timing_page_leave_wrong (self);
}

/* @bib 0: it could not be read. It takes its place in the order of arrival, tap or none. */
static void
submit_chute (ConcTimingPage *self, guint bib)
{
  ConcClock *clock = conc_session_get_clock (self->session);

  self->last_bib = bib;
  self->knows_last = TRUE;
  conc_session_submit (self->session, conc_command_new_chute (clock, bib, NULL), bib_done_cb, self);
}

/* FALSE when it can have none, which is said. */
static gboolean
submit_bib (ConcTimingPage *self, guint bib, const GError *unread)
{
  g_autoptr (GError) error = unread != NULL ? g_error_copy (unread) : NULL;
  ConcTapRow  *row = conc_timing_page_get_selected (self);
  ConcCommand *command = NULL;

  if (error == NULL && row != NULL)
    command = create_link_command (self, row, bib, &error);
  if (error != NULL)
    {
      conc_timing_page_say (self, error->message, TRUE);
      return FALSE;
    }
  if (command != NULL)
    conc_session_submit (self->session, command, bib_done_cb, self);
  else if (self->is_replacing)
    replace_last (self, bib);
  else
    submit_chute (self, bib);
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  return TRUE;
}

/* A runner whose bib cannot be read keeps the order for those behind. */
void
conc_timing_page_give_unread (ConcTimingPage *self)
{
  gtk_editable_set_text (self->bib_entry, "");
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  conc_timing_page_leave_wrong (self);
  submit_chute (self, 0);
}

void
conc_timing_page_leave_wrong (ConcTimingPage *self)
{
  self->is_replacing = FALSE;
  g_clear_pointer (&self->replaced, g_free);
  conc_timing_page_update_target (self);
}

static char *
dup_wrong (ConcTimingPage *self)
{
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *name = NULL;

  if (!self->knows_last)
    return g_strdup (_ ("The last bib is taken back. Type the right one; Escape leaves it open."));
  if (self->last_bib == 0)
    return g_strdup (_ ("The last runner has no bib yet: type it."));
  runner =
      conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), self->last_bib, NULL);
  name = runner != NULL ? conc_runner_dup_full_name (runner) : g_strdup (_ ("nobody"));
  return g_strdup_printf (_ ("%u %s is taken back. Type the right bib; Escape leaves it open."),
                          self->last_bib, name);
}

/* The next number is the bib of @entry. */
void
conc_timing_page_correct (ConcTimingPage *self, const char *entry, guint bib)
{
  g_autofree char *sentence =
      bib != 0 ? g_strdup_printf (_ ("Type the right bib in the place of %u."), bib)
               : g_strdup (_ ("Type the bib of this runner."));

  conc_timing_page_say (self, sentence, FALSE);
  g_free (self->replaced);
  self->replaced = g_strdup (entry);
  self->is_replacing = TRUE;
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  gtk_widget_grab_focus (GTK_WIDGET (self->bib_entry));
}

/* A wrong bib stops counting at once; its place in the order stays for the right one. */
void
conc_timing_page_last_was_wrong (ConcTimingPage *self)
{
  ConcClock       *clock = conc_session_get_clock (self->session);
  g_autofree char *sentence = dup_wrong (self);

  gtk_editable_set_text (self->bib_entry, "");
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  conc_timing_page_say (self, sentence, FALSE);
  conc_session_submit (self->session, conc_command_new_chute_set (clock, NULL, 0), wrong_done_cb,
                       self);
  self->last_bib = 0;
  g_clear_pointer (&self->replaced, g_free);
  self->is_replacing = TRUE;
  conc_timing_page_update_target (self);
}

/* A code gives its bib at once, whatever is being typed: the order is that of arrival. A bib that
 * nobody holds is recorded like one that is typed. */
gboolean
conc_timing_page_take_scan (ConcScanTarget *target, const ConcScanned *scanned)
{
  ConcTimingPage *self = CONC_TIMING_PAGE (target);
  guint           bib = scanned->bib;

  if (bib == 0 && scanned->as == CONC_SCANNED_RUNNER)
    bib = conc_runner_get_bib (scanned->runners->pdata[0]);
  if (bib > 0)
    submit_bib (self, bib, NULL);
  else
    conc_timing_page_say (self,
                          scanned->sentence != NULL ? scanned->sentence
                                                    : _ ("This runner has no bib."),
                          TRUE);
  return TRUE;
}

/* Enter: FALSE when nothing was typed, so that the key does what it does elsewhere. */
gboolean
conc_timing_page_give_bib (ConcTimingPage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->bib_entry)));
  g_autoptr (GError) error = NULL;
  guint bib = 0;

  if (*text == '\0')
    return gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->bib_entry)));
  if (g_str_equal (text, "0"))
    {
      conc_timing_page_give_unread (self);
      return TRUE;
    }
  read_bib (self, text, &bib, &error);
  if (submit_bib (self, bib, error))
    gtk_editable_set_text (self->bib_entry, "");
  else
    gtk_editable_select_region (self->bib_entry, 0, -1);
  return TRUE;
}

static char *
describe_target (ConcTimingPage *self, ConcTapRow *row, gboolean is_selected)
{
  g_autofree char *clock = NULL;

  if (row == NULL)
    return g_strdup (_ ("Bib of the next tap"));
  clock = conc_time_format_clock (conc_tap_row_get_at_usec (row),
                                  conc_session_get_zone (self->session), 1);
  return g_strdup_printf (is_selected ? _ ("Bib of the chosen tap, %s")
                                      : _ ("Bib of the oldest tap without one, %s"),
                          clock);
}

/* Says which tap the next bib goes to. */
void
conc_timing_page_update_target (ConcTimingPage *self)
{
  ConcTapRow      *selected;
  g_autofree char *text = NULL;
  g_autoptr (ConcTapRow) row = NULL;

  if (self->session == NULL || self->taps == NULL)
    return;
  if (self->is_replacing)
    {
      gtk_label_set_label (self->bib_label,
                           self->replaced != NULL
                               ? _ ("The right bib, in the place of the chosen one")
                               : _ ("The right bib, in the place of the last one"));
      return;
    }
  selected = conc_timing_page_get_selected (self);
  row = selected != NULL ? g_object_ref (selected) : conc_tap_list_find_oldest_waiting (self->taps);
  text = describe_target (self, row, selected != NULL);
  gtk_label_set_label (self->bib_label, text);
}
