/* import-columns.c: which column of a file is which field, as rows to choose from. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/import-columns.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *key;
  const char *title;
} Choice;

/* What people map by hand; every other field that was recognised is added to its own row. */
static const Choice runner_choices[] = {
  { "", N_ ("Not used") },
  { "given_name", N_ ("Given name") },
  { "family_name", N_ ("Family name") },
  { "name", N_ ("Full name") },
  { "bib", N_ ("Bib") },
  { "sex", N_ ("Sex") },
  { "birth_date", N_ ("Birth date") },
  { "age", N_ ("Age") },
  { "event", N_ ("Event") },
  { "wave", N_ ("Wave") },
  { "team", N_ ("Team") },
  { "shirt", N_ ("Shirt") },
  { "city", N_ ("Town") },
  { "state", N_ ("State") },
  { "zip", N_ ("Postal code") },
  { "country", N_ ("Country") },
  { "email", N_ ("E-mail") },
  { "phone", N_ ("Phone") },
  { "emergency_name", N_ ("Emergency contact") },
  { "emergency_phone", N_ ("Emergency phone") },
  { "guardian", N_ ("Guardian") },
  { "public", N_ ("Named in public") },
  { "waiver", N_ ("Waiver accepted") },
  { "donation", N_ ("Donation at registration") },
  { "registered_at", N_ ("Registered") },
  { "registration_id", N_ ("Registration number") },
  { "note", N_ ("Note") },
};

static const Choice gift_choices[] = {
  { "", N_ ("Not used") },
  { "amount", N_ ("Amount") },
  { "method", N_ ("Method") },
  { "given_name", N_ ("Given name") },
  { "family_name", N_ ("Family name") },
  { "name", N_ ("Full name") },
  { "anonymous", N_ ("Anonymous") },
  { "beneficiary", N_ ("Beneficiary") },
  { "message", N_ ("Message") },
  { "time", N_ ("Time") },
  { "transaction_id", N_ ("Transaction number") },
};

/* What a row of the box knows: the keys behind its choices, and whom to tell. */
typedef struct
{
  char             *column;
  GPtrArray        *keys;
  ConcImportMapFunc changed;
  gpointer          user_data;
} RowData;

static void
row_data_free (gpointer pointer, GClosure *closure)
{
  RowData *data = pointer;

  g_free (data->column);
  g_ptr_array_unref (data->keys);
  g_free (data);
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, RowData *data)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected < data->keys->len)
    data->changed (data->column, g_ptr_array_index (data->keys, selected), data->user_data);
}

static guint
add_choices (ConcImportKind kind, const char *current, GtkStringList *titles, GPtrArray *keys)
{
  const Choice *choices = kind == CONC_IMPORT_GIFTS ? gift_choices : runner_choices;
  gsize         n_choices =
      kind == CONC_IMPORT_GIFTS ? G_N_ELEMENTS (gift_choices) : G_N_ELEMENTS (runner_choices);
  guint selected = GTK_INVALID_LIST_POSITION;

  for (gsize i = 0; i < n_choices; i++)
    {
      if (g_strcmp0 (choices[i].key, current) == 0)
        selected = (guint) i;
      gtk_string_list_append (titles, _ (choices[i].title));
      g_ptr_array_add (keys, g_strdup (choices[i].key));
    }
  if (selected != GTK_INVALID_LIST_POSITION)
    return selected;
  gtk_string_list_append (titles, current);
  g_ptr_array_add (keys, g_strdup (current));
  return (guint) n_choices;
}

static GtkWidget *
row_new (const ConcImportColumn *column,
         ConcImportKind          kind,
         ConcImportMapFunc       changed,
         gpointer                user_data)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  RowData    *data = g_new0 (RowData, 1);
  const char *current = column->field != NULL ? column->field : "";
  GtkWidget  *row = adw_combo_row_new ();
  guint       selected;

  data->column = g_strdup (column->column);
  data->keys = g_ptr_array_new_with_free_func (g_free);
  data->changed = changed;
  data->user_data = user_data;
  /* The title of a row is markup, and a column is called what somebody typed. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *column->column != '\0' ? column->column : _ ("(no name)"));
  selected = add_choices (kind, current, titles, data->keys);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_data (row, "notify::selected", G_CALLBACK (selected_cb), data, row_data_free, 0);
  return row;
}

/* Fills @box with a row for each column of the file. A choice calls @changed, after which the box
 * is filled again with what the new plan makes of it. */
void
conc_import_columns_fill (GtkListBox       *box,
                          ConcImportPlan   *plan,
                          ConcImportMapFunc changed,
                          gpointer          user_data)
{
  GPtrArray *columns = conc_import_plan_get_columns (plan);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_list_box_remove (box, row);
  for (guint i = 0; i < columns->len; i++)
    gtk_list_box_append (box, row_new (columns->pdata[i], conc_import_plan_get_kind (plan), changed,
                                       user_data));
}
