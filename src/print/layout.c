/* layout.c: Layouts of labels: their names, and where they come from. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/layout.h"

#include "layouts-resources.h"
#include "print/error.h"
#include "print/layout-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#define RESOURCE_FOLDER "/org/notinourcity/Concourse/layouts"
#define FILE_SUFFIX ".layout"

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  const ConcLayout *first = *(const ConcLayout *const *) a;
  const ConcLayout *second = *(const ConcLayout *const *) b;

  return strcmp (first->name, second->name);
}

static void
clear_cb (gpointer data)
{
  ConcLayout *self = data;

  for (guint i = 0; i < self->n_parts; i++)
    {
      g_free (self->parts[i].id);
      g_free (self->parts[i].within);
      g_free (self->parts[i].text);
      g_free (self->parts[i].title);
    }
  g_free (self->parts);
  g_free (self->name);
  g_free (self->title);
}

/**
 * conc_layout_new_from_bytes:
 * @name: the name the layout gets
 * @bytes: the text of a key file with the group "Label Layout"
 * @error: where to put what is wrong
 *
 * Reads a layout from the text of its file.
 *
 * Returns: (transfer full): a valid layout, or %NULL with CONC_PRINT_ERROR_LAYOUT_INVALID and a
 *   sentence that names the key.
 *
 * Thread: any.
 */
ConcLayout *
conc_layout_new_from_bytes (const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (ConcLayout) self = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_atomic_rc_box_new0 (ConcLayout);
  self->name = g_strdup (name);
  return conc_layout_parse (self, bytes, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * conc_layout_load:
 * @name: the name of a layout that the program brings along, such as "bib-label"
 * @error: where to put what is wrong
 *
 * Finds a layout among those compiled into the program.
 *
 * Returns: (transfer full): the layout, or %NULL with CONC_PRINT_ERROR_LAYOUT_UNKNOWN and a
 *   sentence that lists the names there are.
 *
 * Thread: any.
 */
ConcLayout *
conc_layout_load (const char *name, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) layouts = NULL;
  g_autoptr (GString) names = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  path = g_strdup_printf (RESOURCE_FOLDER "/%s" FILE_SUFFIX, name);
  bytes = g_resource_lookup_data (conc_layouts_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  NULL);
  if (bytes != NULL)
    return conc_layout_new_from_bytes (name, bytes, error);

  layouts = conc_layout_list ();
  names = g_string_new (NULL);
  for (guint i = 0; i < layouts->len; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ",
                            ((ConcLayout *) layouts->pdata[i])->name);
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_LAYOUT_UNKNOWN,
               _ ("There is no label layout “%s”. Choose one of: %s."), name, names->str);
  return NULL;
}

/**
 * conc_layout_list:
 *
 * Lists the layouts that the program brings along.
 *
 * Returns: (transfer full) (element-type ConcLayout): the layouts by name in byte order, never
 *   empty; the array frees them.
 *
 * Thread: any.
 */
GPtrArray *
conc_layout_list (void)
{
  GPtrArray *layouts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_layout_unref);
  g_auto (GStrv) files =
      g_resource_enumerate_children (conc_layouts_get_resource (), RESOURCE_FOLDER,
                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (gsize i = 0; files != NULL && files[i] != NULL; i++)
    {
      ConcLayout *layout;

      *strrchr (files[i], '.') = '\0';
      layout = conc_layout_load (files[i], NULL);
      /* What is compiled in was checked by the tests. */
      g_assert (layout != NULL);
      g_ptr_array_add (layouts, layout);
    }
  g_ptr_array_sort (layouts, compare_names_cb);
  return layouts;
}

/**
 * conc_layout_ref:
 * @self: a layout
 *
 * Returns: (transfer full): the same layout, for one more owner.
 *
 * Thread: any.
 */
ConcLayout *
conc_layout_ref (const ConcLayout *self)
{
  return g_atomic_rc_box_acquire ((ConcLayout *) self);
}

/**
 * conc_layout_unref:
 * @self: (nullable): a layout
 *
 * Gives up a layout; the last owner frees it.
 *
 * Thread: any.
 */
void
conc_layout_unref (ConcLayout *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_cb);
}

/**
 * conc_layout_get_name:
 * @self: a layout
 *
 * Returns: what commands and settings call it, such as "bib-label".
 *
 * Thread: any.
 */
const char *
conc_layout_get_name (const ConcLayout *self)
{
  return self->name;
}

/**
 * conc_layout_get_title:
 * @self: a layout
 *
 * Returns: what a person calls it.
 *
 * Thread: any.
 */
const char *
conc_layout_get_title (const ConcLayout *self)
{
  return self->title;
}

/**
 * conc_layout_get_sides:
 * @self: a layout
 *
 * Returns: 2 when something is printed on the back too, else 1.
 *
 * Thread: any.
 */
guint
conc_layout_get_sides (const ConcLayout *self)
{
  return self->sides;
}

/**
 * conc_layout_has_code:
 * @self: a layout
 *
 * Returns: whether the first side has a code to be read back. The back never has one.
 *
 * Thread: any.
 */
gboolean
conc_layout_has_code (const ConcLayout *self)
{
  return self->has_code;
}
