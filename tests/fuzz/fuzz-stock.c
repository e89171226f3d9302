/* fuzz-stock.c: any bytes are a label stock on which labels have a place, or are refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "print/stock.h"

const guint       fuzz_rounds = 20000;
const char *const fuzz_seeds[] = {
  "[Label Stock]\ntitle=Avery 5163\npage-width-mm=215.9\npage-height-mm=279.4\n"
  "label-width-mm=101.6\nlabel-height-mm=50.8\ncolumns=2\nrows=5\nleft-mm=3.97\ntop-mm=12.7\n"
  "column-pitch-mm=106.36\nrow-pitch-mm=50.8\ninset-mm=4.5\ndpi=300\n",
  "[Label Stock]\ntitle=Roll\npage-width-mm=62\npage-height-mm=29\nlabel-width-mm=62\n"
  "label-height-mm=29\ncolumns=1\nrows=1\nleft-mm=0\ntop-mm=0\ncolumn-pitch-mm=62\n"
  "row-pitch-mm=29\ninset-mm=2\ndpi=203\ncolour=true\ncontinuous=true\n",
  NULL,
};

/* What is saved is the same stock when it is read again. */
static void
check_text (const ConcStock *stock)
{
  g_autofree char *text = conc_stock_to_text (stock);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) again = conc_stock_new_from_bytes ("fuzz", bytes, &error);
  g_autofree char *text_again = NULL;

  /* Sizes at the very limit can be on the other side of it when they are rounded. */
  if (again == NULL)
    return;
  text_again = conc_stock_to_text (again);
  g_assert_cmpstr (text_again, ==, text);
}

static void
check_stock (const ConcStock *stock)
{
  guint  count = conc_stock_get_count (stock);
  guint  page;
  double x_mm, y_mm;

  g_assert_true (conc_stock_validate (stock, NULL));
  g_assert_cmpuint (count, >, 0);
  check_text (stock);
  g_assert_true (g_utf8_validate (stock->title, -1, NULL));
  for (guint slot = 0; slot < MIN (count, 1000) + 1; slot++)
    {
      conc_stock_get_position (stock, slot, &page, &x_mm, &y_mm);
      g_assert_cmpuint (page, ==, slot / count);
      g_assert_cmpfloat (x_mm, >=, 0);
      g_assert_cmpfloat (y_mm, >=, 0);
      g_assert_cmpfloat (x_mm + stock->label_width_mm, <=, stock->page_width_mm + 0.1);
      g_assert_cmpfloat (y_mm + stock->label_height_mm, <=, stock->page_height_mm + 0.1);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) stock = conc_stock_new_from_bytes ("fuzz", bytes, &error);

  if (stock == NULL)
    {
      fuzz_check_error (error);
      return 0;
    }
  fuzz_n_read++;
  check_stock (stock);
  return 0;
}
