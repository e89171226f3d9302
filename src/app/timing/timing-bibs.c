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

static char *
dup_name (ConcTimingPage *self, guint bib)
{
  g_autoptr (ConcRunner) runner =
      conc_reader_get_runner_by_bib (conc_session_get_reader (self->session), bib, NULL);

  return runner != NULL ? conc_runner_dup_full_name (runner)
                        : g_strdup (_ ("nobody is registered with this bib"));
}

static void
bib_done_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcTimingPage  *self = user_data;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *fact = NULL;

  if (self->session == NULL)
    return;
  if (receipt == NULL)
    {
      conc_timing_page_say (self, error->message, TRUE);
      return;
    }
  name = dup_name (self, receipt->bib);
  sentence = g_strdup_printf (_ ("Recorded: %u, %s."), receipt->bib, name);
  fact = conc_fact_id_to_text (&receipt->fact);
  conc_timing_page_say_done (self, sentence, fact);
}

static ConcCommand *
create_bib_command (ConcTimingPage *self, guint bib, GError **error)
{
  ConcClock   *clock = conc_session_get_clock (self->session);
  ConcTapRow  *row = conc_timing_page_get_selected (self);
  ConcCommand *command;
  ConcFactId   fact;

  if (row == NULL)
    return conc_command_new_bib (CONC_COMMAND_BIB, clock, bib);
  if (conc_tap_row_get_fact (row) == NULL ||
      !conc_fact_id_parse (conc_tap_row_get_fact (row), &fact))
    {
      g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_REFUSED,
                           _ ("This tap is not saved, so it cannot have a bib."));
      return NULL;
    }
  command = conc_command_new_bib (CONC_COMMAND_LINK, clock, bib);
  command->target = fact;
  return command;
}

/* FALSE when it can have none, which is said. */
static gboolean
submit_bib (ConcTimingPage *self, guint bib, const GError *unread)
{
  g_autoptr (GError) error = unread != NULL ? g_error_copy (unread) : NULL;
  ConcCommand *command = error == NULL ? create_bib_command (self, bib, &error) : NULL;

  if (command == NULL)
    {
      conc_timing_page_say (self, error->message, TRUE);
      return FALSE;
    }
  conc_session_submit (self->session, command, bib_done_cb, self);
  conc_timing_page_select (self, GTK_INVALID_LIST_POSITION);
  return TRUE;
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
    return g_strdup (_ ("No tap waits for a bib"));
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
  selected = conc_timing_page_get_selected (self);
  row = selected != NULL ? g_object_ref (selected) : conc_tap_list_find_oldest_waiting (self->taps);
  text = describe_target (self, row, selected != NULL);
  gtk_label_set_label (self->bib_label, text);
}
