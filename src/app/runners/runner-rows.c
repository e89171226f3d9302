/* runner-rows.c: the rows of the editor of a runner, one kind of widget for each kind of field. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/runner-rows.h"

#include "app/runners/runner-form.h"
#include "core/duration.h"
#include "core/money.h"
#include "core/race-time.h"

#include <glib/gi18n.h>

gboolean
conc_runner_row_has_sentence (ConcField field)
{
  switch (field)
    {
    case CONC_FIELD_GIVEN_NAME:
    case CONC_FIELD_BIRTH_DATE:
    case CONC_FIELD_AGE:
    case CONC_FIELD_BIB:
    case CONC_FIELD_EMERGENCY_PHONE:
    case CONC_FIELD_EMAIL:
    case CONC_FIELD_PHONE:
      return TRUE;
    default:
      return FALSE;
    }
}

gboolean
conc_runner_row_is_editable (GtkWidget *row)
{
  return !GTK_IS_LABEL (row);
}

/* Without "Not given", which is always the first. */
guint
conc_runner_row_get_n_choices (GtkWidget *row)
{
  return g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row))) - 1;
}

void
conc_runner_row_set_choices (GtkWidget *row, const char *const *choices, const char *current)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("Not given"));
  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    if (*choices[i] != '\0')
      gtk_string_list_append (list, choices[i]);
  if (current != NULL && (choices == NULL || !g_strv_contains (choices, current)))
    gtk_string_list_append (list, current);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
}

static void
write_choice (AdwComboRow *row, ConcField field, const ConcRunner *runner)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (row));
  const char    *text = conc_runner_get (runner, field);
  guint          selected = 0;

  if (field == CONC_FIELD_SEX)
    selected = conc_runner_get_sex (runner);
  else
    for (guint i = 1; text != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
      if (g_strcmp0 (gtk_string_list_get_string (list, i), text) == 0)
        selected = i;
  adw_combo_row_set_selected (row, selected);
}

static void
read_choice (AdwComboRow *row, ConcField field, ConcRunner *runner)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (row));
  guint          selected = adw_combo_row_get_selected (row);

  if (field == CONC_FIELD_SEX)
    conc_runner_set (runner, field, conc_sex_to_text (selected));
  else
    conc_runner_set (runner, field,
                     selected > 0 ? gtk_string_list_get_string (list, selected) : NULL);
}

static gboolean
get_flag (const ConcRunner *runner, ConcField field)
{
  switch (field)
    {
    case CONC_FIELD_PUBLIC:
      return conc_runner_get_public (runner);
    case CONC_FIELD_CAPTAIN:
      return conc_runner_get_captain (runner);
    default:
      return conc_runner_get_waiver (runner);
    }
}

/* What was never said stays unsaid as long as the switch says the same. */
static void
read_flag (GtkSwitch *row, ConcField field, ConcRunner *runner)
{
  gboolean is_on = gtk_switch_get_active (row);

  if (is_on != get_flag (runner, field))
    conc_runner_set (runner, field, is_on ? "yes" : "no");
}

static char *
dup_shown (ConcField field, const char *text, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  gint64 usec;

  if (text == NULL)
    return g_strdup ("–");
  if (field == CONC_FIELD_DONATION || field == CONC_FIELD_BALANCE)
    return conc_money_format (g_ascii_strtoll (text, NULL, 10));
  if (field == CONC_FIELD_PENALTY)
    return conc_duration_format (g_ascii_strtoll (text, NULL, 10), CONC_ROUND_EXACT);
  if (field == CONC_FIELD_RULING)
    return g_ascii_strup (text, -1);
  if (field == CONC_FIELD_REGISTRATION_ID || !conc_time_parse_rfc3339 (text, &usec, NULL))
    return g_strdup (text);
  utc = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, zone);
  return g_date_time_format (local, "%F %H:%M");
}

void
conc_runner_row_write (GtkWidget *row, ConcField field, const ConcRunner *runner, GTimeZone *zone)
{
  const char *text = conc_runner_get (runner, field);

  if (GTK_IS_SWITCH (row))
    gtk_switch_set_active (GTK_SWITCH (row), get_flag (runner, field));
  else if (ADW_IS_COMBO_ROW (row))
    write_choice (ADW_COMBO_ROW (row), field, runner);
  else if (GTK_IS_LABEL (row))
    {
      g_autofree char *shown = dup_shown (field, text, zone);
      gtk_label_set_text (GTK_LABEL (row), shown);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

/* Sets @field of @runner; it stays what it was when the row holds what cannot be. */
void
conc_runner_row_read (GtkWidget  *row,
                      ConcField   field,
                      ConcRunner *runner,
                      const char *race_date,
                      char      **ret_sentence)
{
  *ret_sentence = NULL;
  if (GTK_IS_SWITCH (row))
    read_flag (GTK_SWITCH (row), field, runner);
  else if (ADW_IS_COMBO_ROW (row))
    read_choice (ADW_COMBO_ROW (row), field, runner);
  else if (GTK_IS_EDITABLE (row))
    {
      const char      *typed = gtk_editable_get_text (GTK_EDITABLE (row));
      g_autofree char *text = NULL;

      /* What came with a registration is not judged before somebody changes it. */
      if (g_strcmp0 (typed, conc_runner_get (runner, field)) == 0)
        return;
      text = conc_runner_form_normalise (field, typed, race_date, ret_sentence);
      if (*ret_sentence == NULL)
        conc_runner_set (runner, field, text);
    }
}

/* @changed is called as notify is, with @swapped_data first. */
void
conc_runner_row_connect (GtkWidget *row,
                         GCallback  changed,
                         GCallback  activated,
                         gpointer   swapped_data)
{
  const char *signal = GTK_IS_SWITCH (row)      ? "notify::active"
                       : ADW_IS_COMBO_ROW (row) ? "notify::selected"
                       : GTK_IS_EDITABLE (row)  ? "notify::text"
                                                : NULL;

  if (signal != NULL)
    g_signal_connect_object (row, signal, changed, swapped_data, G_CONNECT_SWAPPED);
  if (ADW_IS_ENTRY_ROW (row))
    g_signal_connect_object (row, "entry-activated", activated, swapped_data, G_CONNECT_SWAPPED);
}
