/* verb-stocks.c: lists label stocks and layouts, and keeps the user's own stocks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/verb.h"

#include "cli/input-file.h"
#include "cli/output.h"
#include "print/layout.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#define NAME_COLUMN 20
#define FILE_SUFFIX ".stock"

static void
json_add_mm (GString *json, const char *key, double length_mm)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  conc_json_key (json, key);
  g_string_append (json, g_ascii_formatd (text, sizeof text, "%.2f", length_mm));
}

static void
json_add_layouts (GString *json, const ConcStock *stock, GPtrArray *layouts)
{
  conc_json_key (json, "layouts");
  g_string_append_c (json, '[');
  for (guint i = 0; i < layouts->len; i++)
    if (conc_layout_fits (layouts->pdata[i], stock))
      {
        conc_json_next (json);
        g_string_append_printf (json, "\"%s\"", conc_layout_get_name (layouts->pdata[i]));
      }
  g_string_append_c (json, ']');
}

static void
print_stock_json (const ConcStock *stock, GPtrArray *layouts)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_text (json, "stock", stock->name);
  conc_json_member_text (json, "title", stock->title);
  json_add_mm (json, "label_width_mm", stock->label_width_mm);
  json_add_mm (json, "label_height_mm", stock->label_height_mm);
  conc_json_member_int (json, "labels_per_page", conc_stock_get_count (stock));
  conc_json_member_int (json, "dpi", stock->dpi);
  conc_json_member_bool (json, "colour", stock->colour);
  conc_json_member_bool (json, "continuous", stock->continuous);
  conc_json_member_bool (json, "custom", stock->custom);
  json_add_layouts (json, stock, layouts);
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_layout_json (const ConcLayout *layout)
{
  g_autoptr (GString) json = g_string_new ("{");

  conc_json_member_text (json, "layout", conc_layout_get_name (layout));
  conc_json_member_text (json, "title", conc_layout_get_title (layout));
  conc_json_member_int (json, "sides", conc_layout_get_sides (layout));
  conc_json_member_bool (json, "code", conc_layout_has_code (layout));
  g_string_append_c (json, '}');
  conc_print_line (json);
}

static void
print_row (const char *name, const char *title)
{
  g_autoptr (GString) line = g_string_new ("  ");

  conc_append_column (line, name, NAME_COLUMN);
  g_string_append (line, title);
  conc_print_line (line);
}

static void
print_table (GPtrArray *stocks, GPtrArray *layouts)
{
  printf ("%s\n", _ ("Stocks:"));
  for (guint i = 0; i < stocks->len; i++)
    {
      const ConcStock *stock = stocks->pdata[i];
      /* Translators: %s is the title of a label stock. */
      g_autofree char *own =
          stock->custom ? g_strdup_printf (_ ("%s (your own)"), stock->title) : NULL;

      print_row (stock->name, own != NULL ? own : stock->title);
    }
  printf ("\n%s\n", _ ("Layouts:"));
  for (guint i = 0; i < layouts->len; i++)
    print_row (conc_layout_get_name (layouts->pdata[i]), conc_layout_get_title (layouts->pdata[i]));
}

static ConcExit
list (gboolean as_json)
{
  g_autoptr (GPtrArray) stocks = conc_stock_list ();
  g_autoptr (GPtrArray) layouts = conc_layout_list ();

  if (!as_json)
    {
      print_table (stocks, layouts);
      return CONC_EXIT_DONE;
    }
  for (guint i = 0; i < stocks->len; i++)
    print_stock_json (stocks->pdata[i], layouts);
  for (guint i = 0; i < layouts->len; i++)
    print_layout_json (layouts->pdata[i]);
  return CONC_EXIT_DONE;
}

static ConcStock *
read_stock (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GBytes) bytes = conc_input_file_read (path, error);

  if (bytes == NULL)
    return NULL;
  if (g_str_has_suffix (name, FILE_SUFFIX))
    name[strlen (name) - strlen (FILE_SUFFIX)] = '\0';
  return conc_stock_new_from_bytes (name, bytes, error);
}

static ConcExit
add (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) stock = read_stock (path, &error);

  if (stock == NULL || !conc_stock_save (stock, &error))
    return conc_failed (error);
  printf (_ ("The label stock %s was added.\n"), stock->name);
  return CONC_EXIT_DONE;
}

static ConcExit
remove_stock (const char *name)
{
  g_autoptr (GError) error = NULL;

  if (!conc_stock_delete (name, &error))
    return conc_failed (error);
  printf (_ ("The label stock %s was removed.\n"), name);
  return CONC_EXIT_DONE;
}

ConcExit
conc_verb_stocks (ConcCall *call)
{
  gboolean           as_json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("writes JSON, one object a line"), NULL },
    { NULL },
  };
  ConcExit status;

  if (!conc_call_parse (call, options, 0, 2, &status))
    return status;
  if (call->n_args == 0)
    return list (as_json);
  if (call->n_args == 2 && g_str_equal (call->args[0], "add"))
    return add (call->args[1]);
  if (call->n_args == 2 && g_str_equal (call->args[0], "remove"))
    return remove_stock (call->args[1]);
  return conc_call_misused (call, _ ("Write nothing, or add and a file, or remove and a name."));
}
