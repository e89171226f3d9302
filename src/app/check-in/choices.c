/* choices.c: fills drop-downs of shirts, events and waves, whose first choice is none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/choices.h"

#include "store/reader-desk.h"

#include <glib/gi18n.h>

static void
append_size (GtkStringList *list, GPtrArray *sizes, const char *size, const char *said)
{
  gtk_string_list_append (list, said);
  g_ptr_array_add (sizes, g_strdup (size));
}

static char *
dup_size_text (const ConcShirtCount *count)
{
  if (!count->is_counted)
    return g_strdup (count->size);
  if (count->left <= 0)
    return g_strdup_printf (_ ("%s: none left"), count->size);
  return g_strdup_printf (_ ("%s: %d left"), count->size, count->left);
}

/* @counts (element-type ConcShirtCount) as the race has them; @wanted is chosen, also when it is
 * not among them. Returns: (transfer full): the sizes in the order of the choices, the first of
 * them empty. */
char **
conc_choices_fill_shirts (GtkDropDown *drop, const GPtrArray *counts, const char *wanted)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) sizes = g_ptr_array_new ();
  guint position = 0;

  append_size (list, sizes, "", _ ("No shirt"));
  for (guint i = 0; i < counts->len; i++)
    {
      const ConcShirtCount *count = g_ptr_array_index (counts, i);
      g_autofree char      *said = dup_size_text (count);

      if (wanted != NULL && g_ascii_strcasecmp (count->size, wanted) == 0)
        position = sizes->len;
      append_size (list, sizes, count->size, said);
    }
  if (wanted != NULL && position == 0)
    {
      position = sizes->len;
      append_size (list, sizes, wanted, wanted);
    }
  g_ptr_array_add (sizes, NULL);
  gtk_drop_down_set_model (drop, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (drop, position);
  return (char **) g_ptr_array_free (g_steal_pointer (&sizes), FALSE);
}

/* @none says that no place is chosen. */
void
conc_choices_fill_places (GtkDropDown       *drop,
                          const char *const *places,
                          const char        *chosen,
                          const char        *none)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint position = 0;

  gtk_string_list_append (list, none);
  for (guint i = 0; places[i] != NULL; i++)
    {
      gtk_string_list_append (list, places[i]);
      if (g_strcmp0 (places[i], chosen) == 0)
        position = i + 1;
    }
  gtk_drop_down_set_model (drop, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (drop, position);
}

/* The event or wave that is chosen; NULL for none. */
const char *
conc_choices_get_place (GtkDropDown *drop)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop);

  return item != NULL && gtk_drop_down_get_selected (drop) > 0 ? gtk_string_object_get_string (item)
                                                               : NULL;
}
