/* group-box.c: the family or team of the runner at the desk, to be checked in at once. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/group-box.h"

#include "app/check-in/beside-layout.h"
#include "app/check-in/group-row.h"

#include <glib/gi18n.h>

struct _ConcGroupBox
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkLabel  *heading;
  GtkBox    *rows;
  GtkButton *button;

  /* owned */
  GHashTable *left_out; /* ids of those whom somebody took out of the choice */
};

G_DEFINE_FINAL_TYPE (ConcGroupBox, conc_group_box, GTK_TYPE_WIDGET)

static ConcGroupRow *
get_first (ConcGroupBox *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->rows));

  return child != NULL ? CONC_GROUP_ROW (child) : NULL;
}

static ConcGroupRow *
get_next (ConcGroupRow *row)
{
  GtkWidget *next = gtk_widget_get_next_sibling (GTK_WIDGET (row));

  return next != NULL ? CONC_GROUP_ROW (next) : NULL;
}

/* One who is chosen alone is named: "1 of them" would not say who. */
static char *
dup_button_label (guint n_chosen, guint n_rows, ConcGroupRow *last_chosen)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *name = NULL;

  if (n_chosen == n_rows)
    return g_strdup_printf (_ ("Check In _All %u"), n_chosen);
  if (n_chosen != 1)
    return g_strdup_printf (_ ("Check In the _Chosen %u"), n_chosen);
  /* An underscore in a name would be taken for a mnemonic. */
  parts = g_strsplit (conc_match_get_name (conc_group_row_get_match (last_chosen)), "_", -1);
  name = g_strjoinv ("__", parts);
  return g_strdup_printf (_ ("_Check In Only %s"), name);
}

static void
update_button (ConcGroupBox *self)
{
  ConcGroupRow    *last_chosen = NULL;
  guint            n_chosen = 0, n_rows = 0;
  g_autofree char *label = NULL;

  for (ConcGroupRow *row = get_first (self); row != NULL; row = get_next (row))
    {
      if (conc_group_row_get_chosen (row))
        last_chosen = row;
      n_chosen += conc_group_row_get_chosen (row);
      n_rows++;
    }
  label = dup_button_label (n_chosen, n_rows, last_chosen);
  gtk_button_set_label (self->button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->button), n_chosen > 0);
}

static void
toggled_cb (ConcGroupBox *self, ConcGroupRow *row)
{
  const char *id = conc_match_get_id (conc_group_row_get_match (row));

  if (conc_group_row_get_chosen (row))
    g_hash_table_remove (self->left_out, id);
  else
    g_hash_table_add (self->left_out, g_strdup (id));
  update_button (self);
}

static void
clear_rows (ConcGroupBox *self)
{
  for (ConcGroupRow *row = get_first (self); row != NULL; row = get_first (self))
    gtk_box_remove (self->rows, GTK_WIDGET (row));
}

static void
add_row (ConcGroupBox *self, ConcMatch *match, GPtrArray *items)
{
  GtkWidget *row = conc_group_row_new (match, items);

  if (g_hash_table_contains (self->left_out, conc_match_get_id (match)))
    conc_group_row_set_chosen (CONC_GROUP_ROW (row), FALSE);
  g_signal_connect_object (row, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->rows, row);
}

static void
conc_group_box_dispose (GObject *object)
{
  ConcGroupBox *self = CONC_GROUP_BOX (object);

  g_clear_pointer (&self->left_out, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_GROUP_BOX);
  G_OBJECT_CLASS (conc_group_box_parent_class)->dispose (object);
}

static void
conc_group_box_class_init (ConcGroupBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_group_box_dispose;
  g_type_ensure (CONC_TYPE_BESIDE_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/check-in/group-box.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcGroupBox, content);
  gtk_widget_class_bind_template_child (widget_class, ConcGroupBox, heading);
  gtk_widget_class_bind_template_child (widget_class, ConcGroupBox, rows);
  gtk_widget_class_bind_template_child (widget_class, ConcGroupBox, button);
}

static void
conc_group_box_init (ConcGroupBox *self)
{
  self->left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @runners (element-type ConcRunner): the group with the runner at the desk; nobody else, or NULL:
 * nothing is shown. */
void
conc_group_box_show (ConcGroupBox *self, GPtrArray *runners, ConcDeskReader *desk, GTimeZone *zone)
{
  g_autofree char *heading = NULL;

  clear_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), runners != NULL && runners->len > 1);
  if (runners == NULL || runners->len < 2)
    {
      g_hash_table_remove_all (self->left_out);
      return;
    }
  heading = g_strdup_printf (_ ("Registered together (%u)"), runners->len);
  gtk_label_set_label (self->heading, heading);
  for (guint i = 0; i < runners->len; i++)
    {
      const ConcRunner *runner = g_ptr_array_index (runners, i);
      g_autoptr (ConcMatch) match = conc_match_new (conc_runner_copy (runner), zone);
      g_autoptr (GPtrArray) items = conc_desk_reader_list (desk, runner, NULL);

      if (items != NULL)
        add_row (self, match, items);
    }
  update_button (self);
}

/* Returns: (transfer full) (element-type ConcMatch): who is to be checked in. */
GPtrArray *
conc_group_box_list_chosen (ConcGroupBox *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (ConcGroupRow *row = get_first (self); row != NULL; row = get_next (row))
    if (conc_group_row_get_chosen (row))
      g_ptr_array_add (chosen, g_object_ref (conc_group_row_get_match (row)));
  return chosen;
}

/* The names of those who are not here yet and are not chosen; NULL when there are none. */
char *
conc_group_box_dup_left_out (ConcGroupBox *self)
{
  GString *names = g_string_new (NULL);

  for (ConcGroupRow *row = get_first (self); row != NULL; row = get_next (row))
    {
      ConcMatch *match = conc_group_row_get_match (row);

      if (!conc_group_row_get_chosen (row) && !conc_match_get_checked_in (match))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                conc_match_get_name (match));
    }
  return g_string_free (names, names->len == 0);
}
