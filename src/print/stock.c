/* stock.c: Reads label stocks from key files and checks that they can be printed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/stock.h"

#include "print/error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define STOCK_GROUP "Label Stock"

#define PAGE_MAX_MM 1200.0
#define LABEL_MIN_MM 12.0
#define DEFAULT_INSET_MM 2.5
#define ROW_OR_COLUMN_MAX 100
#define DPI_MIN 100
#define DPI_MAX 2400
/* Sizes given in inches are rounded to hundredths of a millimetre in the files. */
#define TOLERANCE_MM 0.05

typedef struct
{
  const char *key;
  gsize       offset;
  gboolean    required;
} LengthKey;

static const LengthKey LENGTH_KEYS[] = {
  { "page-width-mm", G_STRUCT_OFFSET (ConcStock, page_width_mm), TRUE },
  { "page-height-mm", G_STRUCT_OFFSET (ConcStock, page_height_mm), TRUE },
  { "label-width-mm", G_STRUCT_OFFSET (ConcStock, label_width_mm), TRUE },
  { "label-height-mm", G_STRUCT_OFFSET (ConcStock, label_height_mm), TRUE },
  { "left-mm", G_STRUCT_OFFSET (ConcStock, left_mm), FALSE },
  { "top-mm", G_STRUCT_OFFSET (ConcStock, top_mm), FALSE },
  { "column-pitch-mm", G_STRUCT_OFFSET (ConcStock, column_pitch_mm), FALSE },
  { "row-pitch-mm", G_STRUCT_OFFSET (ConcStock, row_pitch_mm), FALSE },
  { "inset-mm", G_STRUCT_OFFSET (ConcStock, inset_mm), FALSE },
};

G_GNUC_PRINTF (3, 4)
static gboolean
refuse (const ConcStock *self, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list          args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_STOCK_INVALID,
               _ ("The label stock “%s” cannot be used: %s"), self->name, reason);
  return FALSE;
}

static gboolean
read_length (ConcStock *self, GKeyFile *file, const LengthKey *key, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  double *target = (double *) G_STRUCT_MEMBER_P (self, key->offset);
  double  value;

  if (!g_key_file_has_key (file, STOCK_GROUP, key->key, NULL))
    {
      if (key->required)
        return refuse (self, error, _ ("%s is missing."), key->key);
      return TRUE;
    }
  value = g_key_file_get_double (file, STOCK_GROUP, key->key, &local_error);
  if (local_error != NULL || !isfinite (value))
    return refuse (self, error, _ ("%s is not a number."), key->key);
  *target = value;
  return TRUE;
}

static gboolean
read_count (ConcStock *self, GKeyFile *file, const char *key, int *target, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int value;

  if (!g_key_file_has_key (file, STOCK_GROUP, key, NULL))
    return TRUE;
  value = g_key_file_get_integer (file, STOCK_GROUP, key, &local_error);
  if (local_error != NULL)
    return refuse (self, error, _ ("%s is not a whole number."), key);
  *target = value;
  return TRUE;
}

static gboolean
read_keys (ConcStock *self, GKeyFile *file, GError **error)
{
  self->title = g_key_file_get_locale_string (file, STOCK_GROUP, "title", NULL, NULL);
  if (self->title == NULL || *self->title == '\0')
    return refuse (self, error, _ ("%s is missing."), "title");
  for (gsize i = 0; i < G_N_ELEMENTS (LENGTH_KEYS); i++)
    if (!read_length (self, file, &LENGTH_KEYS[i], error))
      return FALSE;
  if (!read_count (self, file, "columns", &self->columns, error) ||
      !read_count (self, file, "rows", &self->rows, error) ||
      !read_count (self, file, "dpi", &self->dpi, error))
    return FALSE;
  if (g_key_file_has_key (file, STOCK_GROUP, "colour", NULL))
    self->colour = g_key_file_get_boolean (file, STOCK_GROUP, "colour", NULL);
  self->continuous = g_key_file_get_boolean (file, STOCK_GROUP, "continuous", NULL);

  /* A single row or column has no neighbour, so its pitch need not be given. */
  if (self->column_pitch_mm == 0.0 && self->columns == 1)
    self->column_pitch_mm = self->label_width_mm;
  if (self->row_pitch_mm == 0.0 && self->rows == 1)
    self->row_pitch_mm = self->label_height_mm;
  return TRUE;
}

static gboolean
check_ranges (const ConcStock *self, GError **error)
{
  if (!(self->page_width_mm > 0 && self->page_width_mm <= PAGE_MAX_MM) ||
      !(self->page_height_mm > 0 && self->page_height_mm <= PAGE_MAX_MM))
    return refuse (self, error, _ ("a page is more than 0 and at most %.0f mm wide and high."),
                   PAGE_MAX_MM);
  if (!(self->label_width_mm >= LABEL_MIN_MM) || !(self->label_height_mm >= LABEL_MIN_MM))
    return refuse (self, error, _ ("a label is at least %.0f mm wide and high."), LABEL_MIN_MM);
  if (self->columns < 1 || self->columns > ROW_OR_COLUMN_MAX || self->rows < 1 ||
      self->rows > ROW_OR_COLUMN_MAX)
    return refuse (self, error, _ ("a page has 1 to %d columns and 1 to %d rows."),
                   ROW_OR_COLUMN_MAX, ROW_OR_COLUMN_MAX);
  if (self->dpi < DPI_MIN || self->dpi > DPI_MAX)
    return refuse (self, error, _ ("a printer has %d to %d dots per inch."), DPI_MIN, DPI_MAX);
  if (self->continuous && (self->columns > 1 || self->rows > 1))
    return refuse (self, error, _ ("a roll that is cut anywhere has one label a page."));
  if (!(self->left_mm >= 0) || !(self->top_mm >= 0) || !(self->inset_mm >= 0))
    return refuse (self, error, _ ("left-mm, top-mm and inset-mm are not below 0."));
  if (!(ABS (self->column_pitch_mm) <= PAGE_MAX_MM) || !(ABS (self->row_pitch_mm) <= PAGE_MAX_MM))
    return refuse (self, error, _ ("column-pitch-mm and row-pitch-mm are at most %.0f mm."),
                   PAGE_MAX_MM);
  if (self->inset_mm > MIN (self->label_width_mm, self->label_height_mm) / 4)
    return refuse (self, error, _ ("inset-mm is more than a quarter of the label."));
  return TRUE;
}

static gboolean
check_places (const ConcStock *self, GError **error)
{
  double right_mm =
      self->left_mm + (self->columns - 1) * self->column_pitch_mm + self->label_width_mm;
  double bottom_mm = self->top_mm + (self->rows - 1) * self->row_pitch_mm + self->label_height_mm;

  if (self->columns > 1 && !(self->column_pitch_mm >= self->label_width_mm - TOLERANCE_MM))
    return refuse (self, error,
                   _ ("labels side by side overlap, as column-pitch-mm is less than "
                      "label-width-mm."));
  if (self->rows > 1 && !(self->row_pitch_mm >= self->label_height_mm - TOLERANCE_MM))
    return refuse (self, error,
                   _ ("labels below each other overlap, as row-pitch-mm is less than "
                      "label-height-mm."));
  if (!(right_mm <= self->page_width_mm + TOLERANCE_MM))
    return refuse (self, error, _ ("the last column ends at %.1f mm, off the page of %.1f mm."),
                   right_mm, self->page_width_mm);
  if (!(bottom_mm <= self->page_height_mm + TOLERANCE_MM))
    return refuse (self, error, _ ("the last row ends at %.1f mm, off the page of %.1f mm."),
                   bottom_mm, self->page_height_mm);
  return TRUE;
}

/**
 * conc_stock_new_from_bytes:
 * @name: the name the stock gets
 * @bytes: the text of a key file with the group "Label Stock"
 * @error: where to put what is wrong
 *
 * Reads a stock from the text of its file. Columns, rows, margins and pitches that are not given
 * describe one label a page; dpi is 300, the inset 2.5 mm and the printer a colour printer unless
 * the file says otherwise. Keys that are not known are left alone, so that an older program reads
 * a newer file.
 *
 * Returns: (transfer full): a valid stock, or %NULL with CONC_PRINT_ERROR_STOCK_INVALID and a
 *   sentence that names the key.
 *
 * Thread: any.
 */
ConcStock *
conc_stock_new_from_bytes (const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (ConcStock) self = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_new0 (ConcStock, 1);
  self->name = g_strdup (name);
  self->columns = self->rows = 1;
  self->dpi = 300;
  self->inset_mm = DEFAULT_INSET_MM;
  self->colour = TRUE;
  if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL) ||
      !g_key_file_has_group (file, STOCK_GROUP))
    {
      refuse (self, error, _ ("its file has no group [%s]."), STOCK_GROUP);
      return NULL;
    }
  if (!read_keys (self, file, error) || !conc_stock_validate (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
set_length (GKeyFile *file, const char *key, double length_mm)
{
  char  text[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (text, sizeof text, "%.3f", length_mm);
  for (length = strlen (text); text[length - 1] == '0'; length--)
    text[length - 1] = '\0';
  if (text[length - 1] == '.')
    text[length - 1] = '\0';
  g_key_file_set_string (file, STOCK_GROUP, key, text);
}

/**
 * conc_stock_to_text:
 * @self: a stock
 *
 * Describes a stock as conc_stock_new_from_bytes() reads it, to a thousandth of a millimetre.
 *
 * Returns: (transfer full): the text of its file.
 *
 * Thread: any.
 */
char *
conc_stock_to_text (const ConcStock *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (self != NULL, NULL);

  g_key_file_set_string (file, STOCK_GROUP, "title", self->title);
  for (gsize i = 0; i < G_N_ELEMENTS (LENGTH_KEYS); i++)
    set_length (file, LENGTH_KEYS[i].key,
                *(const double *) G_STRUCT_MEMBER_P (self, LENGTH_KEYS[i].offset));
  g_key_file_set_integer (file, STOCK_GROUP, "columns", self->columns);
  g_key_file_set_integer (file, STOCK_GROUP, "rows", self->rows);
  g_key_file_set_integer (file, STOCK_GROUP, "dpi", self->dpi);
  g_key_file_set_boolean (file, STOCK_GROUP, "colour", self->colour);
  g_key_file_set_boolean (file, STOCK_GROUP, "continuous", self->continuous);
  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * conc_stock_copy:
 * @self: a stock
 *
 * Copies a stock, for instance to use it with a printer of other dots per inch.
 *
 * Returns: (transfer full): the copy.
 *
 * Thread: any.
 */
ConcStock *
conc_stock_copy (const ConcStock *self)
{
  ConcStock *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->title = g_strdup (self->title);
  return copy;
}

/**
 * conc_stock_free:
 * @self: (nullable): a stock
 *
 * Frees a stock.
 *
 * Thread: any.
 */
void
conc_stock_free (ConcStock *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->title);
  g_free (self);
}

/**
 * conc_stock_validate:
 * @self: a stock, perhaps made by hand
 * @error: where to put what is wrong
 *
 * Checks that every label has a size, is on the page and does not overlap its neighbours. Labels
 * that touch are right. Not-a-number is refused in every length.
 *
 * Returns: whether labels can be printed on it; if not, CONC_PRINT_ERROR_STOCK_INVALID with a
 *   sentence.
 *
 * Thread: any.
 */
gboolean
conc_stock_validate (const ConcStock *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->title == NULL || *self->title == '\0' || !g_utf8_validate (self->title, -1, NULL))
    return refuse (self, error, _ ("%s is missing."), "title");
  return check_ranges (self, error) && check_places (self, error);
}

/**
 * conc_stock_get_count:
 * @self: a stock
 *
 * Returns: how many labels a page has, at least 1.
 *
 * Thread: any.
 */
guint
conc_stock_get_count (const ConcStock *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return (guint) self->columns * (guint) self->rows;
}

/**
 * conc_stock_get_position:
 * @self: a stock
 * @slot: a place for a label, from 0 at the top left of the first page, row by row
 * @ret_page: (out): the page, from 0
 * @ret_x_mm: (out): left edge of the label from the left edge of the page
 * @ret_y_mm: (out): top edge of the label from the top edge of the page
 *
 * Says where a label is.
 *
 * Thread: any.
 */
void
conc_stock_get_position (const ConcStock *self,
                         guint            slot,
                         guint           *ret_page,
                         double          *ret_x_mm,
                         double          *ret_y_mm)
{
  guint on_page;

  g_return_if_fail (self != NULL);

  on_page = slot % conc_stock_get_count (self);
  *ret_page = slot / conc_stock_get_count (self);
  *ret_x_mm = self->left_mm + on_page % (guint) self->columns * self->column_pitch_mm;
  *ret_y_mm = self->top_mm + on_page / (guint) self->columns * self->row_pitch_mm;
}
