/* test-label.c: The arithmetic of labels: snapping, layout, fitting text, and failures. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/error.h"
#include "print/label-painter.h"
#include "print/labels-pdf.h"
#include "print/qr.h"
#include "print/typesetter.h"

#include <math.h>
#include <locale.h>
#include <string.h>

#define TOKEN "C4K7M0002148F3K2Q7Z"
#define LONG_NAME "Nguyễn-Abdirahman de la Cruz y Ibáñez Wolfeschlegelsteinhausenbergerdorff"

static void
test_modules_are_whole_dots (void)
{
  static const struct
  {
    double module_mm;
    int    dpi;
    int    dots;
  } ROWS[] = {
    { 0.5, 203, 3 },
    { 0.5, 300, 5 },
    { 0.5, 600, 11 },
    { 0.38, 203, 3 },
    { 0.375, 203, 0 },
    { 0.42, 300, 0 },
    { 0.424, 300, 5 },
    { 0.34, 300, 0 },
    { 0.0, 300, 0 },
    { -1.0, 300, 0 },
    { 1.0, 203, 7 },
    { 25.4, 203, 203 },
    { 25.4, 300, 300 },
    { 10 * 25.4 / 203, 203, 10 },
    { 9 * 25.4 / 300, 300, 9 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      double module_mm = conc_qr_snap_module (ROWS[i].module_mm, ROWS[i].dpi);

      g_test_message ("%g mm at %d dpi", ROWS[i].module_mm, ROWS[i].dpi);
      g_assert_cmpfloat_with_epsilon (module_mm * ROWS[i].dpi / 25.4, ROWS[i].dots, 1e-6);
    }
}

static void
test_codes_are_as_small_as_their_text_allows (void)
{
  g_autofree char *long_token = g_strnfill (4000, 'A');
  const struct
  {
    const char *text;
    int         modules;
  } ROWS[] = {
    { TOKEN, 25 },
    { "C4K7M0002148F3K2Q7Z9", 25 },
    { "C4K7M0002148F3K2Q7Z99", 25 },
    { "C4K7M0002148F3K2Q7Z9C4K7M0002148F3K2Q7Z9", 29 },
    { "a", 21 },
    { "Ünïcödé", 25 },
    { "", 0 },
    { NULL, 0 },
    { long_token, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;
      cairo_surface_t *code = conc_qr_encode (ROWS[i].text, &error);

      if (ROWS[i].modules == 0)
        {
          g_assert_null (code);
          g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOKEN);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (cairo_image_surface_get_width (code), ==, ROWS[i].modules);
      g_assert_cmpint (cairo_image_surface_get_height (code), ==, ROWS[i].modules);
      cairo_surface_destroy (code);
    }
}

static void
test_text_is_never_wider_than_its_room (void)
{
  static const char *const TEXTS[] = {
    "",
    "J",
    "Ann Olson",
    LONG_NAME,
    "عبد الرحمن محمد بن عبد الله آل سعود الطويل جدا",
    "Trần Thị Ngọc Phương Thảo Huyền Trang",
    "Paj Ntaub 𖬌𖬣𖬵 Vang",
    "ถนอมศักดิ์ เทพหัสดิน ณ อยุธยา",
    "tab\tand\nbreak\r\n\x01",
    "not \xff\xfe UTF-8",
    "e\u0301\u0323\u0301\u0301 combining",
    "שלום עולם 123",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "\u2028\u2029\u200f\u202e",
  };
  static const double WIDTHS_MM[] = { 8, 30, 55, 120 };
  g_autoptr (ConcTypesetter) typesetter = conc_typesetter_new ();

  for (gsize t = 0; t < G_N_ELEMENTS (TEXTS); t++)
    for (gsize w = 0; w < G_N_ELEMENTS (WIDTHS_MM); w++)
      for (int lines = 1; lines <= 2; lines++)
        {
          ConcTextFit     fit = { .face = CONC_FACE_BOLD,
                                  .width_mm = WIDTHS_MM[w],
                                  .size_mm = 6,
                                  .size_min_mm = 3.5,
                                  .lines = lines };
          ConcTextExtents extents;

          conc_typesetter_fit (typesetter, TEXTS[t], &fit, &extents);
          g_test_message ("text %zu in %g mm", t, WIDTHS_MM[w]);
          g_assert_cmpfloat (extents.width_mm, <=, WIDTHS_MM[w] + 0.01);
          g_assert_cmpfloat (extents.last_baseline_mm, <=, lines == 1 ? 0.0 : 6.0 * 2);
        }
}

static void
test_text_shrinks_before_it_breaks (void)
{
  g_autoptr (ConcTypesetter) typesetter = conc_typesetter_new ();
  ConcTextFit wide = {
    .face = CONC_FACE_BOLD, .width_mm = 1000, .size_mm = 6, .size_min_mm = 3.5, .lines = 2
  };
  ConcTextFit     fit = wide;
  ConcTextExtents full, extents;

  conc_typesetter_fit (typesetter, "Elizabeth Xiong", &wide, &full);
  fit.width_mm = full.width_mm * 0.8;
  conc_typesetter_fit (typesetter, "Elizabeth Xiong", &fit, &extents);
  g_assert_cmpfloat (extents.last_baseline_mm, ==, 0);
  g_assert_cmpfloat (extents.ink_height_mm, <, full.ink_height_mm);
  fit.width_mm = full.width_mm * 0.4;
  conc_typesetter_fit (typesetter, "Elizabeth Xiong", &fit, &extents);
  g_assert_cmpfloat (extents.last_baseline_mm, >, 0);
}

static void
test_a_recurring_text_has_the_same_extents (void)
{
  g_autoptr (ConcTypesetter) typesetter = conc_typesetter_new ();
  ConcTextFit fit = {
    .width_mm = 30, .size_mm = 4, .size_min_mm = 2, .lines = 1, .recurring = TRUE
  };
  ConcTextExtents first, again;

  conc_typesetter_fit (typesetter, LONG_NAME, &fit, &first);
  for (int i = 0; i < 600; i++)
    {
      g_autofree char *team = g_strdup_printf ("Team %d", i);

      conc_typesetter_fit (typesetter, team, &fit, &again);
    }
  conc_typesetter_fit (typesetter, LONG_NAME, &fit, &again);
  g_assert_cmpmem (&first, sizeof first, &again, sizeof again);
}

static gboolean
write_labels (guint         count,
              const char   *token,
              guint         start_at,
              gsize         room,
              GCancellable *cancellable,
              GError      **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_label_free);
  g_autoptr (ConcStock) stock = conc_stock_load ("avery-5163", NULL);
  g_autofree char *bytes = g_malloc (room);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (bytes, room, NULL, NULL);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (labels, conc_label_new (token, "214"));
  return conc_labels_write_pdf (labels, stock, NULL, start_at, 0, 0, stream, NULL, NULL,
                                cancellable, error);
}

static ConcRunner *
create_runner (const char *bib, const char *wave, const char *is_public)
{
  ConcRunner *runner = conc_runner_new (bib != NULL ? bib : "none");

  conc_runner_set (runner, CONC_FIELD_BIB, bib);
  conc_runner_set (runner, CONC_FIELD_GIVEN_NAME, "Ann");
  conc_runner_set (runner, CONC_FIELD_FAMILY_NAME, "Olson");
  conc_runner_set (runner, CONC_FIELD_WAVE, wave);
  conc_runner_set (runner, CONC_FIELD_PUBLIC, is_public);
  return runner;
}

static void
test_labels_of_runners (void)
{
  static const guint8 key[32] = { 1 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (key, sizeof key);
  g_autoptr (GPtrArray) runners =
      g_ptr_array_new_with_free_func ((GDestroyNotify) conc_runner_free);
  g_autoptr (GPtrArray) labels = NULL;
  const ConcLabelSource source = { .race_id = "7f3k9m2q4x", .key = bytes };
  const ConcLabel      *label;

  g_ptr_array_add (runners, create_runner ("301", "First wave", "no"));
  g_ptr_array_add (runners, create_runner (NULL, "A", "yes"));
  g_ptr_array_add (runners, create_runner ("214", "A", "yes"));
  labels = conc_labels_new_for_runners (runners, NULL, &source);
  g_assert_cmpuint (labels->len, ==, 2);
  label = g_ptr_array_index (labels, 0);
  g_assert_cmpstr (label->bib, ==, "214");
  g_assert_cmpstr (label->name, ==, "Ann Olson");
  g_assert_cmpstr (label->wave, ==, "Wave A");
  label = g_ptr_array_index (labels, 1);
  g_assert_cmpstr (label->bib, ==, "301");
  g_assert_null (label->name);
  g_assert_cmpstr (label->wave, ==, "First wave");
}

static void
test_what_fails_says_why (void)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  const struct
  {
    guint         count;
    const char   *token;
    guint         start_at;
    gsize         room;
    GCancellable *cancellable;
    GQuark        domain;
    int           code;
  } ROWS[] = {
    { 0, TOKEN, 0, 1 << 20, NULL, CONC_PRINT_ERROR, CONC_PRINT_ERROR_NOTHING },
    { 1, TOKEN, 10, 1 << 20, NULL, CONC_PRINT_ERROR, CONC_PRINT_ERROR_START },
    { 1, TOKEN, G_MAXUINT, 1 << 20, NULL, CONC_PRINT_ERROR, CONC_PRINT_ERROR_START },
    { 3, "", 0, 1 << 20, NULL, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOKEN },
    { 30, TOKEN, 0, 500, NULL, G_IO_ERROR, G_IO_ERROR_NO_SPACE },
    { 30, TOKEN, 0, 1 << 20, cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED },
  };

  g_cancellable_cancel (cancelled);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (write_labels (ROWS[i].count, ROWS[i].token, ROWS[i].start_at, ROWS[i].room,
                                    ROWS[i].cancellable, &error));
      g_assert_error (error, ROWS[i].domain, ROWS[i].code);
      g_test_message ("%s", error->message);
    }
}

static void
test_a_bare_label_can_be_drawn (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (write_labels (1, TOKEN, 9, 1 << 20, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/modules are whole dots", test_modules_are_whole_dots);
  g_test_add_func ("/label/codes are as small as their text allows",
                   test_codes_are_as_small_as_their_text_allows);
  g_test_add_func ("/label/text is never wider than its room",
                   test_text_is_never_wider_than_its_room);
  g_test_add_func ("/label/text shrinks before it breaks", test_text_shrinks_before_it_breaks);
  g_test_add_func ("/label/a recurring text has the same extents",
                   test_a_recurring_text_has_the_same_extents);
  g_test_add_func ("/label/runners with a bib, in their order", test_labels_of_runners);
  g_test_add_func ("/label/what fails says why", test_what_fails_says_why);
  g_test_add_func ("/label/a bare label can be drawn", test_a_bare_label_can_be_drawn);
  return g_test_run ();
}
