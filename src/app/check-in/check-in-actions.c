/* check-in-actions.c: the actions that the parts of the check-in page activate. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/check-in-page-private.h"

#include "core/money.h"

#include <glib/gi18n.h>

static ConcClock *
get_clock (ConcCheckInPage *self)
{
  return conc_session_get_clock (self->session);
}

static const char *
get_shown_id (ConcCheckInPage *self)
{
  return self->shown != NULL ? conc_match_get_id (self->shown) : NULL;
}

static void
confirm_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  conc_check_in_page_confirm (self, TRUE);
}

static void
take_bib_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  guint            bib;

  if (self->shown != NULL && self->pending == NULL &&
      conc_bib_box_read (conc_runner_card_get_bib_box (self->card), &bib) && bib > 0)
    conc_check_in_page_check_in (self, bib, TRUE);
}

static void
check_in_group_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  if (self->shown != NULL)
    conc_check_in_page_check_in_group (self);
}

static void
check_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_check_in_page_check_out (CONC_CHECK_IN_PAGE (widget),
                                g_variant_get_string (parameter, NULL));
}

static void
undo_shown_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  if (self->shown != NULL)
    conc_check_in_page_check_out (self, get_shown_id (self));
}

static void
undo_done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_check_in_page_undo_done (CONC_CHECK_IN_PAGE (widget));
}

static void
undo_last_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_check_in_page_undo_last (CONC_CHECK_IN_PAGE (widget));
}

/* Back to the card of somebody who is checked in and has no bib yet. */
static void
show_done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  g_autoptr (ConcMatch) match = self->done != NULL ? g_object_ref (self->done) : NULL;

  if (match == NULL)
    return;
  conc_check_in_page_show (self, match);
  gtk_widget_grab_focus (GTK_WIDGET (conc_runner_card_get_bib_box (self->card)));
}

static void
show_runner_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  conc_desk_search_clear (self->search);
  conc_check_in_page_show_id (self, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (widget);
}

/* ------------------------------------------------------------------ what is to be settled */

/* For a minor it is the guardian who signs. */
static void
sign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage  *self = CONC_CHECK_IN_PAGE (widget);
  const ConcRunner *runner = self->shown != NULL ? conc_match_get_runner (self->shown) : NULL;
  const char       *guardian;

  if (runner == NULL)
    return;
  guardian = conc_runner_get (runner, CONC_FIELD_GUARDIAN);
  conc_waiver_form_begin (self->waiver_form,
                          conc_settings_get (conc_session_get_settings (self->session),
                                             CONC_SETTING_WAIVER),
                          guardian != NULL ? guardian : conc_match_get_name (self->shown));
  gtk_stack_set_visible_child_name (self->card_stack, "waiver");
  gtk_widget_grab_focus (GTK_WIDGET (self->waiver_form));
}

static void
file_waiver_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);

  if (self->shown != NULL)
    conc_check_in_page_do (self,
                           conc_command_new_waiver (get_clock (self), get_shown_id (self), "paper",
                                                    NULL, NULL),
                           _ ("Waiver filed on paper."));
}

/* Takes @text as @field of the runner whose card is shown. */
static void
correct (ConcCheckInPage *self, ConcField field, const char *text, const char *sentence)
{
  const ConcRunner *seen = conc_match_get_runner (self->shown);
  g_autoptr (ConcRunner) wanted = conc_runner_copy (seen);

  conc_runner_set (wanted, field, text);
  conc_check_in_page_do (self, conc_command_new_edit (get_clock (self), seen, wanted), sentence);
}

static void
name_guardian_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  const char      *guardian = g_variant_get_string (parameter, NULL);
  g_autofree char *sentence = g_strdup_printf (_ ("Guardian: %s."), guardian);

  if (self->shown != NULL)
    correct (self, CONC_FIELD_GUARDIAN, guardian, sentence);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  const char      *key, *text;
  ConcField        field;
  g_autofree char *sentence = NULL;

  g_variant_get (parameter, "(&s&s)", &key, &text);
  field = conc_field_from_key (key);
  if (self->shown == NULL ||
      g_strcmp0 (conc_runner_get (conc_match_get_runner (self->shown), field), text) == 0)
    return;
  sentence = g_strdup_printf ("%s: %s.", conc_field_get_title (field), text);
  correct (self, field, text, sentence);
}

/* All that is due is paid at once. */
static void
pay_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  ConcMethod       method = conc_method_from_text (g_variant_get_string (parameter, NULL));
  ConcDeskReader  *desk = conc_check_in_page_get_desk (self);
  g_autofree char *money = NULL;
  g_autofree char *sentence = NULL;
  gint64           due_cents;

  if (self->shown == NULL || desk == NULL || method >= CONC_N_METHODS)
    return;
  due_cents = conc_desk_reader_get_due_cents (desk, conc_match_get_runner (self->shown), NULL);
  if (due_cents <= 0)
    return;
  money = conc_money_format (due_cents);
  sentence = g_strdup_printf (_ ("Paid: %s, %s."), money, conc_method_get_title (method));
  conc_check_in_page_do (self,
                         conc_command_new_fee (get_clock (self), get_shown_id (self), due_cents,
                                               method),
                         sentence);
}

static void
attendance_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  const char      *attendance = g_variant_get_string (parameter, NULL);
  const char      *sentence = _ ("Is expected again.");

  if (self->shown == NULL)
    return;
  if (g_str_equal (attendance, CONC_ATTENDANCE_NO_SHOW))
    sentence = _ ("Does not come.");
  else if (g_str_equal (attendance, CONC_ATTENDANCE_DEFERRED))
    sentence = _ ("Runs elsewhere, as virtual runner.");
  conc_check_in_page_do (self,
                         conc_command_new_attendance (get_clock (self), get_shown_id (self),
                                                      attendance),
                         sentence);
}

static void
show_places_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_checklist_show_places (conc_runner_card_get_checklist (CONC_CHECK_IN_PAGE (widget)->card));
}

/* ------------------------------------------------------------------ other sides of the card */

static void
walk_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  ConcDeskReader  *desk = self->session != NULL ? conc_check_in_page_get_desk (self) : NULL;
  g_autofree char *typed = NULL;

  if (desk == NULL)
    return;
  typed = conc_desk_search_dup_text (self->search);
  conc_walk_up_form_begin (self->walk_up_form, self->session, desk, typed, self->next_bib);
  gtk_stack_set_visible_child_name (self->card_stack, "walk-up");
  gtk_widget_grab_focus (GTK_WIDGET (self->walk_up_form));
}

static void
transfer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  ConcDeskReader  *desk = self->shown != NULL ? conc_check_in_page_get_desk (self) : NULL;

  if (desk == NULL)
    return;
  conc_walk_up_form_begin_transfer (self->walk_up_form, self->session, desk,
                                    conc_match_get_runner (self->shown));
  gtk_stack_set_visible_child_name (self->card_stack, "walk-up");
  gtk_widget_grab_focus (GTK_WIDGET (self->walk_up_form));
}

static void
story_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcCheckInPage *self = CONC_CHECK_IN_PAGE (widget);
  ConcMatch       *match = self->shown != NULL ? self->shown : self->done;
  g_autofree char *heading = NULL;

  if (match == NULL)
    return;
  /* Translators: the name of a runner. */
  heading = g_strdup_printf (_ ("Story of %s"), conc_match_get_name (match));
  gtk_label_set_label (self->story_heading, heading);
  conc_story_view_set_session (self->story_view, self->session);
  conc_story_view_set_subject (self->story_view, conc_match_get_id (match));
  gtk_stack_set_visible_child_name (self->card_stack, "story");
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->card_stack), GTK_DIR_TAB_FORWARD);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_check_in_page_back (CONC_CHECK_IN_PAGE (widget));
}

void
conc_check_in_page_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    const char                 *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "check-in.attendance", "s", attendance_action },
    { "check-in.back", NULL, back_action },
    { "check-in.check-in-group", NULL, check_in_group_action },
    { "check-in.check-out", "s", check_out_action },
    { "check-in.confirm", NULL, confirm_action },
    { "check-in.file-waiver", NULL, file_waiver_action },
    { "check-in.move", "(ss)", move_action },
    { "check-in.name-guardian", "s", name_guardian_action },
    { "check-in.pay", "s", pay_action },
    { "check-in.show-done", NULL, show_done_action },
    { "check-in.show-places", NULL, show_places_action },
    { "check-in.show-runner", "s", show_runner_action },
    { "check-in.sign", NULL, sign_action },
    { "check-in.story", NULL, story_action },
    { "check-in.take-bib", NULL, take_bib_action },
    { "check-in.transfer", NULL, transfer_action },
    { "check-in.undo-done", NULL, undo_done_action },
    { "check-in.undo-last", NULL, undo_last_action },
    { "check-in.undo-shown", NULL, undo_shown_action },
    { "check-in.walk-up", NULL, walk_up_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "check-in.walk-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F4, 0, "check-in.story", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "check-in.back", NULL);
}
