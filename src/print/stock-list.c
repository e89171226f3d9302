/* stock-list.c: The stocks there are: those of the program, and the user's own in a folder. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/stock.h"

#include "print/error.h"
#include "stocks-resources.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define RESOURCE_FOLDER "/org/notinourcity/Concourse/stocks"
#define FILE_SUFFIX ".stock"
#define NAME_MAX_LETTERS 48
#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-_."
/* A stock is a few hundred bytes; what is larger is something else. */
#define FILE_MAX_BYTES (64 * 1024)

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  const ConcStock *first = *(const ConcStock *const *) a;
  const ConcStock *second = *(const ConcStock *const *) b;

  return strcmp (first->name, second->name);
}

static gboolean
is_name (const char *name)
{
  return g_ascii_isalnum (*name) && strlen (name) <= NAME_MAX_LETTERS &&
         name[strspn (name, NAME_LETTERS)] == '\0';
}

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "concourse", "stocks", NULL);
}

static char *
dup_path (const char *name)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *file = g_strconcat (name, FILE_SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}

static GBytes *
get_own (const char *name)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_FOLDER "/%s" FILE_SUFFIX, name);

  return g_resource_lookup_data (conc_stocks_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

static ConcStock *
load_custom (const char *name, GError **error)
{
  g_autofree char *path = dup_path (name);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize      length = 0;
  GStatBuf   status;
  ConcStock *stock;

  if (g_stat (path, &status) != 0 || status.st_size > FILE_MAX_BYTES)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _ ("%s cannot be read."), path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  stock = conc_stock_new_from_bytes (name, bytes, error);
  if (stock != NULL)
    stock->custom = TRUE;
  return stock;
}

static gboolean
has_custom (const char *name)
{
  g_autofree char *path = is_name (name) ? dup_path (name) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
add_custom (GPtrArray *stocks)
{
  g_autofree char *folder = dup_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name = g_strdup (file);
      g_autoptr (GBytes) own = NULL;
      ConcStock *stock;

      if (!g_str_has_suffix (name, FILE_SUFFIX))
        continue;
      name[strlen (name) - strlen (FILE_SUFFIX)] = '\0';
      own = get_own (name);
      if (!is_name (name) || own != NULL)
        continue;
      stock = load_custom (name, NULL);
      if (stock != NULL)
        g_ptr_array_add (stocks, stock);
    }
}

static gboolean
check_name (const char *name, GError **error)
{
  g_autoptr (GBytes) own = NULL;

  if (!is_name (name))
    {
      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_INVALID,
                   _ ("The name of a label stock has 1 to %d letters from a to z, digits, dots, "
                      "hyphens and underscores, and starts with a letter or digit."),
                   NAME_MAX_LETTERS);
      return FALSE;
    }
  own = get_own (name);
  if (own != NULL)
    {
      g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_INVALID,
                   _ ("The label stock “%s” is part of the program and stays as it is. Choose "
                      "another name."),
                   name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
fail_file (GError **error, const char *name, const char *reason)
{
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_FAILED,
               _ ("The label stock “%s” could not be saved or deleted: %s."), name, reason);
  return FALSE;
}

static ConcStock *
refuse_unknown (const char *name, GError **error)
{
  g_autoptr (GPtrArray) stocks = conc_stock_list ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < stocks->len; i++)
    g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ",
                            ((ConcStock *) stocks->pdata[i])->name);
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_UNKNOWN,
               _ ("There is no label stock “%s”. Choose one of: %s."), name, names->str);
  return NULL;
}

/**
 * conc_stock_load:
 * @name: the name of a stock, such as "avery-5163"
 * @error: where to put what is wrong
 *
 * Finds a stock among those compiled into the program, then among those in the user's own folder,
 * "concourse/stocks" in the folder for data.
 *
 * Returns: (transfer full): the stock, or %NULL with CONC_PRINT_ERROR_STOCK_UNKNOWN and a sentence
 *   that lists the names there are, or with what is wrong with the user's file.
 *
 * Thread: any.
 */
ConcStock *
conc_stock_load (const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  bytes = get_own (name);
  if (bytes != NULL)
    return conc_stock_new_from_bytes (name, bytes, error);
  if (has_custom (name))
    return load_custom (name, error);
  return refuse_unknown (name, error);
}

/**
 * conc_stock_list:
 *
 * Lists the stocks that the program brings along and the user's own. A file that cannot be used is
 * left out; conc_stock_load() says why.
 *
 * Returns: (transfer full) (element-type ConcStock): the stocks by name in byte order, never
 *   empty; the array frees them.
 *
 * Thread: any.
 */
GPtrArray *
conc_stock_list (void)
{
  g_autoptr (GPtrArray) stocks = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_stock_free);
  g_auto (GStrv) files =
      g_resource_enumerate_children (conc_stocks_get_resource (), RESOURCE_FOLDER,
                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (gsize i = 0; files != NULL && files[i] != NULL; i++)
    {
      ConcStock *stock;

      *strrchr (files[i], '.') = '\0';
      stock = conc_stock_load (files[i], NULL);
      /* What is compiled in was checked by the tests. */
      g_assert (stock != NULL);
      g_ptr_array_add (stocks, stock);
    }
  add_custom (stocks);
  g_ptr_array_sort (stocks, compare_names_cb);
  return g_steal_pointer (&stocks);
}

/**
 * conc_stock_save:
 * @self: a stock
 * @error: where to put what is wrong
 *
 * Writes a stock into the user's own folder, in place of one of the same name. Names of stocks
 * that the program brings along are refused, since labels would come out differently elsewhere.
 *
 * Returns: whether it was saved; if not, CONC_PRINT_ERROR_STOCK_INVALID or
 *   CONC_PRINT_ERROR_FAILED, and what was there before still is.
 *
 * Thread: any; waits for the disk.
 */
gboolean
conc_stock_save (const ConcStock *self, GError **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL && self->name != NULL, FALSE);

  if (!check_name (self->name, error) || !conc_stock_validate (self, error))
    return FALSE;
  path = dup_path (self->name);
  text = conc_stock_to_text (self);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_file (error, self->name, g_strerror (errno));
  if (!g_file_set_contents (path, text, -1, &local_error))
    return fail_file (error, self->name, local_error->message);
  return TRUE;
}

/**
 * conc_stock_delete:
 * @name: the name of a stock in the user's own folder
 * @error: where to put what is wrong
 *
 * Deletes a stock of the user's own.
 *
 * Returns: whether it was deleted; if not, CONC_PRINT_ERROR_STOCK_UNKNOWN when there is none,
 *   CONC_PRINT_ERROR_STOCK_INVALID for one of the program, or CONC_PRINT_ERROR_FAILED.
 *
 * Thread: any; waits for the disk.
 */
gboolean
conc_stock_delete (const char *name, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (name != NULL, FALSE);

  if (!check_name (name, error))
    return FALSE;
  if (!has_custom (name))
    {
      refuse_unknown (name, error);
      return FALSE;
    }
  path = dup_path (name);
  if (g_unlink (path) != 0)
    return fail_file (error, name, g_strerror (errno));
  return TRUE;
}
