/* printer-book.c: What this computer knows about its printers: paper, language, alignment, use. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/printer-book.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define PRINTER_GROUP "Printer "
#define LAYOUT_GROUP "Layout "
#define OFFSET_KEY "offset-"
#define BYTES_MAX (1 << 20)
#define DPI_MAX 2400
#define FOLDER_MODE 0700

struct _ConcPrinterBook
{
  GKeyFile *file;
};

/** conc_printer_book_new: Returns: (transfer full): a book in which nothing is. */
ConcPrinterBook *
conc_printer_book_new (void)
{
  ConcPrinterBook *self = g_new0 (ConcPrinterBook, 1);

  self->file = g_key_file_new ();
  return self;
}

/** conc_printer_book_dup_path: Returns: (transfer full): the file in which the book is. */
char *
conc_printer_book_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "concourse", "printers.conf", NULL);
}

static gboolean
read_file (GKeyFile *file, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize            length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  if (length > BYTES_MAX || !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error_literal (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, _ ("it is no text"));
      return FALSE;
    }
  return g_key_file_load_from_data (file, text, length, G_KEY_FILE_KEEP_COMMENTS, error);
}

/**
 * conc_printer_book_load:
 * @ret_complaint: (out) (optional): a sentence for a person when there is a file that cannot be
 *   read; %NULL else
 *
 * Reads the book of this user. What is wrong in it counts as not said: alignment is then none and
 * no printer is chosen. A damaged file is left as it is until the book is saved, and then kept
 * beside the new one.
 *
 * Returns: (transfer full): the book, never %NULL. Thread: any; reads a small file.
 */
ConcPrinterBook *
conc_printer_book_load (char **ret_complaint)
{
  g_autofree char *path = conc_printer_book_dup_path ();
  g_autoptr (GError) error = NULL;
  ConcPrinterBook *self = conc_printer_book_new ();

  if (ret_complaint != NULL)
    *ret_complaint = NULL;
  if (read_file (self->file, path, &error) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return self;
  if (ret_complaint != NULL)
    *ret_complaint = g_strdup_printf (
        _ ("The settings of the printers in %s cannot be read (%s), so they begin anew: choose the "
           "printers again."),
        path, error->message);
  g_key_file_unref (self->file);
  self->file = g_key_file_new ();
  return self;
}

/* Somebody may want to mend it by hand. */
static void
keep_damaged (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

  if (!read_file (file, path, &error) && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_rename (path, aside);
}

/**
 * conc_printer_book_save:
 *
 * Writes the book to its file, which is either the old one or the new one whatever happens.
 *
 * Returns: whether it was written; %CONC_SPOOL_ERROR_BOOK else. Thread: any; waits for the disk.
 */
gboolean
conc_printer_book_save (ConcPrinterBook *self, GError **error)
{
  g_autofree char *path = conc_printer_book_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  gsize            length;
  g_autofree char *text = g_key_file_to_data (self->file, &length, NULL);
  g_autoptr (GError) cause = NULL;

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_BOOK,
                   _ ("The settings of the printers cannot be written to %s: %s"), folder,
                   g_strerror (errno));
      return FALSE;
    }
  keep_damaged (path);
  if (g_file_set_contents_full (path, text, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;
  g_set_error (error, CONC_SPOOL_ERROR, CONC_SPOOL_ERROR_BOOK,
               _ ("The settings of the printers cannot be written: %s"), cause->message);
  return FALSE;
}

/** conc_printer_book_free: @self: (nullable): frees a book. */
void
conc_printer_book_free (ConcPrinterBook *self)
{
  if (self == NULL)
    return;
  g_key_file_unref (self->file);
  g_free (self);
}

/* Names of groups have no brackets and names of keys no equals sign; names of printers may. */
static char *
escape (const char *prefix, const char *name)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, TRUE);

  return g_strconcat (prefix, escaped, NULL);
}

static char *
dup_text (ConcPrinterBook *self, const char *group, const char *key)
{
  char *text = g_key_file_get_string (self->file, group, key, NULL);

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static void
set_text (ConcPrinterBook *self, const char *group, const char *key, const char *text)
{
  if (text != NULL)
    g_key_file_set_string (self->file, group, key, text);
  else
    g_key_file_remove_key (self->file, group, key, NULL);
}

/** conc_printer_book_knows: Returns: whether it was ever said how @printer is used. */
gboolean
conc_printer_book_knows (ConcPrinterBook *self, const char *printer)
{
  g_autofree char *group = escape (PRINTER_GROUP, printer);

  return g_key_file_has_key (self->file, group, "language", NULL);
}

/**
 * conc_printer_book_dup_use:
 * @printer: what the print service calls the printer
 *
 * Returns: (transfer full): how @printer is used; PDF on a stock that is not chosen when nothing
 *   sensible was said.
 */
ConcPrinterUse *
conc_printer_book_dup_use (ConcPrinterBook *self, const char *printer)
{
  g_autofree char *group = escape (PRINTER_GROUP, printer);
  g_autofree char *language = dup_text (self, group, "language");
  ConcPrinterUse  *use = g_new0 (ConcPrinterUse, 1);
  int              dpi = g_key_file_get_integer (self->file, group, "dpi", NULL);

  use->language = g_strcmp0 (language, "zpl") == 0 ? CONC_PRINT_ZPL : CONC_PRINT_PDF;
  use->dpi = dpi > 0 && dpi <= DPI_MAX ? dpi : 0;
  use->stock = dup_text (self, group, "stock");
  use->layout = dup_text (self, group, "layout");
  return use;
}

/** conc_printer_book_set_use: says how @printer is used. */
void
conc_printer_book_set_use (ConcPrinterBook *self, const char *printer, const ConcPrinterUse *use)
{
  g_autofree char *group = escape (PRINTER_GROUP, printer);

  set_text (self, group, "language", use->language == CONC_PRINT_ZPL ? "zpl" : "pdf");
  g_key_file_set_integer (self->file, group, "dpi", use->dpi);
  set_text (self, group, "stock", use->stock);
  set_text (self, group, "layout", use->layout);
}

/** conc_printer_use_free: @use: (nullable): frees what conc_printer_book_dup_use() returned. */
void
conc_printer_use_free (ConcPrinterUse *use)
{
  if (use == NULL)
    return;
  g_free (use->stock);
  g_free (use->layout);
  g_free (use);
}

/**
 * conc_printer_book_get_offset:
 * @ret_x_tenths: (out): how far labels are moved to the right, in tenths of a millimetre
 * @ret_y_tenths: (out): how far they are moved down
 *
 * Both are 0 when nothing sensible was said about this printer and stock.
 */
void
conc_printer_book_get_offset (ConcPrinterBook *self,
                              const char      *printer,
                              const char      *stock,
                              int             *ret_x_tenths,
                              int             *ret_y_tenths)
{
  g_autofree char *group = escape (PRINTER_GROUP, printer);
  g_autofree char *key = escape (OFFSET_KEY, stock);
  gsize            count = 0;
  g_autofree int  *tenths = g_key_file_get_integer_list (self->file, group, key, &count, NULL);
  gboolean         is_good = count == 2 && ABS (tenths[0]) <= CONC_OFFSET_MAX_TENTHS &&
                     ABS (tenths[1]) <= CONC_OFFSET_MAX_TENTHS;

  *ret_x_tenths = is_good ? tenths[0] : 0;
  *ret_y_tenths = is_good ? tenths[1] : 0;
}

/** conc_printer_book_set_offset: keeps the alignment of a printer and stock, cut to its limits. */
void
conc_printer_book_set_offset (ConcPrinterBook *self,
                              const char      *printer,
                              const char      *stock,
                              int              x_tenths,
                              int              y_tenths)
{
  g_autofree char *group = escape (PRINTER_GROUP, printer);
  g_autofree char *key = escape (OFFSET_KEY, stock);
  int              tenths[] = {
                 CLAMP (x_tenths, -CONC_OFFSET_MAX_TENTHS, CONC_OFFSET_MAX_TENTHS),
                 CLAMP (y_tenths, -CONC_OFFSET_MAX_TENTHS, CONC_OFFSET_MAX_TENTHS),
  };

  g_key_file_set_integer_list (self->file, group, key, tenths, G_N_ELEMENTS (tenths));
}

/** conc_printer_book_dup_printer: Returns: (transfer full) (nullable): the one for @layout. */
char *
conc_printer_book_dup_printer (ConcPrinterBook *self, const char *layout)
{
  g_autofree char *group = escape (LAYOUT_GROUP, layout);

  return dup_text (self, group, "printer");
}

/** conc_printer_book_set_printer: @printer: (nullable): this station prints @layout on it. */
void
conc_printer_book_set_printer (ConcPrinterBook *self, const char *layout, const char *printer)
{
  g_autofree char *group = escape (LAYOUT_GROUP, layout);

  set_text (self, group, "printer", printer);
}

/** conc_printer_book_get_automatic: Returns: whether checking somebody in prints @layout. */
gboolean
conc_printer_book_get_automatic (ConcPrinterBook *self, const char *layout)
{
  g_autofree char *group = escape (LAYOUT_GROUP, layout);

  return g_key_file_get_boolean (self->file, group, "automatic", NULL);
}

/** conc_printer_book_set_automatic: whether checking somebody in prints @layout. */
void
conc_printer_book_set_automatic (ConcPrinterBook *self, const char *layout, gboolean automatic)
{
  g_autofree char *group = escape (LAYOUT_GROUP, layout);

  g_key_file_set_boolean (self->file, group, "automatic", automatic);
}
