/* test-layout.c: Layouts: what is read, what is refused, and where parts are on every stock. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/code-sheet.h"
#include "print/error.h"
#include "print/label-painter.h"
#include "print/label-private.h"
#include "print/numerals.h"
#include "print/qr.h"

#include <locale.h>
#include <string.h>

#define HEAD "[Label Layout]\ntitle=T\n"
#define TOKEN "C4K7M0002148F3K2Q7Z"
#define INK_DPI 150
/* A digit is read at 200 times its height. */
#define DIGIT_FOR_15_M_MM 75.0

static ConcLayout *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return conc_layout_new_from_bytes ("mine", bytes, error);
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcLayout) layout =
      parse (HEAD "hologram=1\n[Part a]\nkind=name\n[Other]\nx=1\n", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (conc_layout_get_name (layout), ==, "mine");
  g_assert_cmpstr (conc_layout_get_title (layout), ==, "T");
  g_assert_cmpuint (conc_layout_get_sides (layout), ==, 1);
  g_assert_false (conc_layout_has_code (layout));
  g_assert_cmpuint (layout->n_parts, ==, 1);
  g_assert_cmpstr (layout->parts[0].text, ==, "{name}");
  g_assert_cmpuint (layout->parts[0].needs, ==, 1u << CONC_LABEL_FIELD_NAME);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text;
    const char *sentence;
  } ROWS[] = {
    { "", "*no group *" },
    { "[Other]\n", "*no group *" },
    { "[Label Layout]\n", "*title is missing.*" },
    { HEAD, "*it has no parts.*" },
    { HEAD "[Part a]\n", "*needs a kind.*" },
    { HEAD "[Part a]\nkind=hologram\n", "*kind of [Part a] has a value that is not known.*" },
    { HEAD "[Part a]\nkind=text\n", "*needs a text.*" },
    { HEAD "[Part a]\nkind=text\ntext={hat}\n", "*a brace that is no field*" },
    { HEAD "[Part a]\nkind=text\ntext=a } b\n", "*a brace that is no field*" },
    { HEAD "[Part a]\nkind=text\ntext={name\n", "*a brace that is no field*" },
    { HEAD "[Part a]\nkind=name\nx=wide\n", "*x of [Part a] is neither a length*" },
    { HEAD "[Part a]\nkind=name\nx=-1\n", "*neither a length*" },
    { HEAD "[Part a]\nkind=name\nwidth=101%\n", "*neither a length*" },
    { HEAD "[Part a]\nkind=name\nwidth=1 in\n", "*neither a length*" },
    { HEAD "[Part a]\nkind=name\nheight=nan\n", "*neither a length*" },
    { HEAD "[Part a]\nkind=name\nneeds=hat\n", "*names a field that labels do not have.*" },
    { HEAD "[Part a]\nkind=name\nwithin=b\n", "*not above it.*" },
    { HEAD "[Part a]\nkind=name\nwithin=b\n[Part b]\nkind=box\n", "*not above it.*" },
    { HEAD "[Part a]\nkind=qr\nside=back\n", "*nobody scans it.*" },
    { HEAD "[Part a]\nkind=qr\nbeside=true\n", "*measured in the label itself.*" },
    { HEAD "shape=no\n[Part a]\nkind=qr\n", "*shape is neither*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ConcLayout) layout = parse (ROWS[i].text, &error);
      g_assert_null (layout);
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_LAYOUT_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_pattern_match_simple (ROWS[i].sentence, error->message));
      g_assert_true (g_str_has_prefix (error->message, "The label layout “mine” cannot be used: "));
    }
}

static void
test_an_unknown_layout_names_the_known_ones (void)
{
  static const char *const NAMES[] = { "label", "", "../layouts/bib-label", "bib-label.layout" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (conc_layout_load (NAMES[i], &error));
      g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_LAYOUT_UNKNOWN);
      g_assert_nonnull (strstr (error->message, "bag-label, bib-label, name-tag, race-bib"));
    }
}

/* What translators do not see would stay English. */
static void
test_words_of_layouts_can_be_translated (void)
{
  g_autoptr (GPtrArray) layouts = conc_layout_list ();
  const char *const *known = conc_layout_get_texts ();

  g_assert_cmpuint (layouts->len, ==, 4);
  for (guint l = 0; l < layouts->len; l++)
    {
      const ConcLayout *layout = layouts->pdata[l];

      for (guint i = 0; i < layout->n_parts; i++)
        {
          const char *text = layout->parts[i].text, *title = layout->parts[i].title;

          g_test_message ("%s: %s, %s", layout->name, text, title);
          g_assert_true (text == NULL || *text == '{' || g_strv_contains (known, text));
          g_assert_true (title == NULL || g_strv_contains (known, title));
        }
    }
}

static gboolean
overlap (const ConcArea *a, const ConcArea *b)
{
  return a->x_mm < b->x_mm + b->width_mm - 1e-6 && b->x_mm < a->x_mm + a->width_mm - 1e-6 &&
         a->y_mm < b->y_mm + b->height_mm - 1e-6 && b->y_mm < a->y_mm + a->height_mm - 1e-6;
}

static gboolean
is_drawn (const ConcLayout *layout, const ConcLabelLayout *placed, guint i)
{
  return placed->shown[i] && layout->parts[i].kind != CONC_PART_BOX &&
         layout->parts[i].kind != CONC_PART_QR;
}

/* Every pair of parts is apart, and what must be white around the code is on the label. */
static void
assert_apart (const ConcLayout *layout, const ConcStock *stock, const ConcLabelLayout *placed)
{
  double   quiet_mm = CONC_QR_QUIET_MODULES * placed->module_mm;
  double   size_mm = placed->code.width_mm + 2 * quiet_mm;
  ConcArea quiet = { placed->code.x_mm - quiet_mm, placed->code.y_mm - quiet_mm, size_mm, size_mm };
  gboolean turned = conc_layout_is_turned (layout, stock);

  if (placed->module_mm > 0)
    {
      g_assert_cmpfloat (quiet.x_mm, >=, -1e-6);
      g_assert_cmpfloat (quiet.y_mm, >=, -1e-6);
      g_assert_cmpfloat (quiet.x_mm + size_mm, <=,
                         turned ? stock->label_height_mm : stock->label_width_mm);
      g_assert_cmpfloat (quiet.y_mm + size_mm, <=,
                         turned ? stock->label_width_mm : stock->label_height_mm);
    }
  for (guint i = 0; i < layout->n_parts; i++)
    {
      if (!is_drawn (layout, placed, i))
        continue;
      g_assert_true (placed->module_mm <= 0 || !overlap (&placed->areas[i], &quiet));
      for (guint other = 0; other < i; other++)
        if (is_drawn (layout, placed, other))
          g_assert_false (overlap (&placed->areas[i], &placed->areas[other]));
    }
}

static void
check_places (const ConcLayout *layout, const ConcStock *listed, int modules)
{
  g_autoptr (ConcStock) stock = conc_layout_fit_stock (layout, listed);

  for (guint side = 0; side < conc_layout_get_sides (layout); side++)
    for (guint fields = 0; fields < 1u << CONC_N_LABEL_FIELDS; fields++)
      {
        g_autoptr (GError) error = NULL;
        ConcLabelLayout placed;

        /* A race bib needs a sheet. */
        if (strcmp (layout->name, "race-bib") == 0 && !g_str_has_prefix (stock->name, "bib-"))
          {
            g_assert_false (
                conc_label_layout_init (&placed, layout, stock, side, fields, modules, &error));
            g_assert_error (error, CONC_PRINT_ERROR, CONC_PRINT_ERROR_TOO_SMALL);
            continue;
          }
        g_assert_true (
            conc_label_layout_init (&placed, layout, stock, side, fields, modules, &error));
        g_assert_no_error (error);
        assert_apart (layout, stock, &placed);
        if (placed.module_mm > 0)
          g_assert_cmpfloat (placed.module_mm, >=, 0.42);
      }
}

static void
test_parts_never_overlap (void)
{
  static const int DPIS[] = { 150, 203, 300, 600 };
  g_autoptr (GPtrArray) stocks = conc_stock_list ();
  g_autoptr (GPtrArray) layouts = conc_layout_list ();

  for (guint s = 0; s < stocks->len; s++)
    for (guint l = 0; l < layouts->len; l++)
      for (gsize d = 0; d < G_N_ELEMENTS (DPIS); d++)
        {
          g_autoptr (ConcStock) stock = conc_stock_copy (stocks->pdata[s]);

          stock->dpi = DPIS[d];
          g_test_message ("%s, %s, %d dpi", stock->name, conc_layout_get_name (layouts->pdata[l]),
                          stock->dpi);
          check_places (layouts->pdata[l], stock, 21);
          check_places (layouts->pdata[l], stock, 25);
        }
}

static ConcLabel *
create_label (const char *name)
{
  ConcLabel *label = conc_label_new (TOKEN, "88888");

  label->name = g_strdup (name);
  label->line2 = g_strdup ("Une équipe ǖṩ̌ dont le nom est fort long et ne finit pas");
  label->wave = g_strdup ("Rolling start of the walkers");
  label->shirt = g_strdup ("Women’s 3XL");
  label->race = g_strdup ("A race whose name is Ångström’s, and longer than anyone wanted");
  label->task = g_strdup ("Course marshal at the corner of Nicollet Avenue and 7th Street");
  label->emergency = g_strdup ("Jg Jägerjönsson, 612-555-0143, or ถนอมศักดิ์ at 612-555-0177");
  label->medical = g_strdup ("Peanuts, penicillin, bees; asthma; EpiPen in the left pocket");
  return label;
}

static gboolean
is_in (double x_mm, double y_mm, const ConcArea *area)
{
  /* What is beside by less than a dot is rounding of the image. */
  const double dot_mm = 25.4 / INK_DPI;

  return x_mm >= area->x_mm - dot_mm && x_mm <= area->x_mm + area->width_mm + dot_mm &&
         y_mm >= area->y_mm - dot_mm && y_mm <= area->y_mm + area->height_mm + dot_mm;
}

static void
assert_ink_inside (cairo_surface_t *image, const ConcArea *area, const ConcArea *code)
{
  const guint8 *pixels = cairo_image_surface_get_data (image);
  int           stride = cairo_image_surface_get_stride (image), ink = 0;

  for (int y = 0; y < cairo_image_surface_get_height (image); y++)
    for (int x = 0; x < cairo_image_surface_get_width (image); x++)
      {
        double x_mm = (x + 0.5) * 25.4 / INK_DPI, y_mm = (y + 0.5) * 25.4 / INK_DPI;

        if (pixels[y * stride + x] <= 64 || is_in (x_mm, y_mm, code))
          continue;
        g_assert_true (is_in (x_mm, y_mm, area));
        ink++;
      }
  g_assert_cmpint (ink, >, 0);
}

/* Draws one part, and the code that others are beside. */
static void
check_ink (const char *name, const ConcStock *listed, const ConcLabel *label, guint i)
{
  g_autoptr (ConcLayout) layout = conc_layout_load (name, NULL);
  g_autoptr (ConcStock) stock = conc_layout_fit_stock (layout, listed);
  guint            side = layout->parts[i].side;
  ConcLabelLayout  placed;
  cairo_surface_t *image;
  cairo_t         *cr;
  g_autoptr (ConcLabelPainter) painter = NULL;

  if (!conc_label_layout_init (&placed, layout, stock, side, conc_label_get_fields (label), 25,
                               NULL) ||
      conc_layout_is_turned (layout, stock) || !is_drawn (layout, &placed, i))
    return;
  g_test_message ("%s on %s: %s, %s", name, stock->name, layout->parts[i].id, label->name);
  for (guint other = 0; other < layout->n_parts; other++)
    if (other != i && layout->parts[other].kind != CONC_PART_QR)
      layout->parts[other].kind = CONC_PART_BOX;
  image = cairo_image_surface_create (CAIRO_FORMAT_A8,
                                      (int) (stock->label_width_mm * INK_DPI / 25.4) + 1,
                                      (int) (stock->label_height_mm * INK_DPI / 25.4) + 1);
  cr = cairo_create (image);
  cairo_scale (cr, INK_DPI / 25.4, INK_DPI / 25.4);
  painter = conc_label_painter_new (stock, layout);
  g_assert_true (conc_label_painter_draw (painter, cr, label, side, 0, 0, NULL));
  cairo_destroy (cr);
  cairo_surface_flush (image);
  assert_ink_inside (image, &placed.areas[i], &placed.code);
  cairo_surface_destroy (image);
}

static void
test_ink_stays_in_its_box (void)
{
  static const char *const NAMES[] = {
    "J",
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren",
    "عبد الرحمن محمد بن عبد الله آل سعود الطويل جدا",
    "Trần Thị Ngọc Phương Thảo Huyền Trang Công Tằng Tôn Nữ Bảo Quỳnh Thị Ngọc Phương",
    "e\u0301\u0323\u0301\u0301\u0301\u0301\u0323\u0323 a\u030a\u0301 ถนอมศักดิ์",
  };
  static const char *const STOCKS[] = { "avery-5160", "roll-62x29", "dymo-99012", "brother-62",
                                        "bib-a5" };
  g_autoptr (GPtrArray) layouts = conc_layout_list ();

  for (gsize n = 0; n < G_N_ELEMENTS (NAMES); n++)
    for (gsize s = 0; s < G_N_ELEMENTS (STOCKS); s++)
      for (guint l = 0; l < layouts->len; l++)
        {
          const ConcLayout *layout = layouts->pdata[l];
          g_autoptr (ConcStock) stock = conc_stock_load (STOCKS[s], NULL);
          g_autoptr (ConcLabel) label = create_label (NAMES[n]);

          for (guint i = 0; i < layout->n_parts; i++)
            check_ink (layout->name, stock, label, i);
        }
}

static void
test_a_bib_is_read_at_15_metres (void)
{
  static const char *const STOCKS[] = { "bib-a5", "bib-8x7" };
  static const char *const BIBS[] = { "1", "11", "88", "101", "999", "1111", "8888", "2046" };
  g_autoptr (ConcLayout) layout = conc_layout_load ("race-bib", NULL);
  g_autoptr (ConcLabel) label = create_label ("Ann Olson");

  for (gsize s = 0; s < G_N_ELEMENTS (STOCKS); s++)
    {
      g_autoptr (ConcStock) stock = conc_stock_load (STOCKS[s], NULL);
      ConcLabelLayout placed;
      ConcArea        area = { 0 };

      g_assert_true (conc_label_layout_init (&placed, layout, stock, 0,
                                             conc_label_get_fields (label), 25, NULL));
      for (guint i = 0; i < layout->n_parts; i++)
        if (layout->parts[i].kind == CONC_PART_BIB && placed.shown[i])
          area = placed.areas[i];
      for (gsize b = 0; b < G_N_ELEMENTS (BIBS); b++)
        {
          double height_mm = conc_numerals_get_height (BIBS[b], area.width_mm, area.height_mm);

          g_test_message ("%s on %s: %.1f mm", BIBS[b], STOCKS[s], height_mm);
          g_assert_cmpfloat (height_mm, >=, DIGIT_FOR_15_M_MM);
          g_assert_cmpfloat (conc_numerals_get_width (BIBS[b], height_mm), <=, area.width_mm);
        }
      g_assert_cmpfloat (conc_numerals_get_height ("999999", area.width_mm, area.height_mm), >, 45);
    }
  g_assert_false (conc_numerals_can_draw ("12a"));
  g_assert_false (conc_numerals_can_draw (""));
}

static void
test_a_layout_decides_the_length_of_a_roll (void)
{
  g_autoptr (ConcStock) roll = conc_stock_load ("brother-62", NULL);
  g_autoptr (ConcStock) sheet = conc_stock_load ("avery-5160", NULL);
  g_autoptr (ConcLayout) bib = conc_layout_load ("bib-label", NULL);
  g_autoptr (ConcLayout) tag = conc_layout_load ("name-tag", NULL);
  g_autoptr (ConcStock) short_label = conc_layout_fit_stock (bib, roll);
  g_autoptr (ConcStock) long_label = conc_layout_fit_stock (tag, roll);
  g_autoptr (ConcStock) same = conc_layout_fit_stock (bib, sheet);

  g_assert_true (roll->continuous);
  g_assert_cmpfloat_with_epsilon (short_label->label_height_mm, 0.47 * 62, 0.01);
  g_assert_cmpfloat (short_label->page_height_mm, ==, short_label->label_height_mm);
  g_assert_cmpfloat (long_label->page_height_mm, >, short_label->page_height_mm);
  g_assert_true (conc_stock_validate (short_label, NULL));
  g_assert_cmpfloat (same->label_height_mm, ==, sheet->label_height_mm);
}

static void
test_a_name_tag_needs_no_token (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) stock = conc_stock_load ("avery-5163", NULL);
  g_autoptr (ConcLayout) layout = conc_layout_load ("name-tag", NULL);
  g_autoptr (ConcLabelPainter) painter = conc_label_painter_new (stock, layout);
  g_autoptr (ConcLabel) label = conc_label_new (NULL, NULL);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 10, 10);
  cairo_t         *cr = cairo_create (image);

  label->name = g_strdup ("Ann Olson");
  g_assert_false (conc_layout_has_code (layout));
  g_assert_true (conc_label_painter_draw (painter, cr, label, 0, 0, 0, &error));
  g_assert_no_error (error);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

/* Wherever labels are wanted, the modules of a page are on one grid, and a code is moved by half a
 * module at most. */
static void
test_codes_of_a_page_are_whole_dots (void)
{
  const double     dot_mm = 25.4 / 300, module_mm = 8 * dot_mm;
  ConcCodeSheet   *sheet = conc_code_sheet_new (100, 100);
  cairo_surface_t *code = conc_qr_encode (TOKEN, NULL);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_A8, 1200, 1200);
  cairo_t         *cr = cairo_create (image);
  const guint8    *pixels;
  int              left = -1, changes_off_grid = 0;

  cairo_scale (cr, 300 / 25.4, 300 / 25.4);
  conc_code_sheet_begin (sheet, 3 * dot_mm, 0);
  conc_code_sheet_add (sheet, code, 40.3, 20.1, module_mm);
  conc_code_sheet_add (sheet, code, -5, 95, module_mm);
  conc_code_sheet_draw (sheet, cr);
  cairo_surface_flush (image);
  pixels = cairo_image_surface_get_data (image);
  for (int y = 0; y < 900; y++)
    for (int x = 1; x < 1200; x++)
      {
        int stride = cairo_image_surface_get_stride (image);

        if (pixels[y * stride + x] == pixels[y * stride + x - 1])
          continue;
        if (left < 0)
          left = x;
        if ((x - 3) % 8 != 0)
          changes_off_grid++;
      }
  g_assert_cmpint (changes_off_grid, ==, 0);
  g_assert_cmpfloat_with_epsilon (left * dot_mm, 40.3, module_mm / 2 + dot_mm);
  /* A page starts empty. */
  conc_code_sheet_begin (sheet, 0, 0);
  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  conc_code_sheet_draw (sheet, cr);
  cairo_surface_flush (image);
  for (int i = 0; i < 1200 * cairo_image_surface_get_stride (image); i++)
    g_assert_cmpint (pixels[i], ==, 0);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  cairo_surface_destroy (code);
  conc_code_sheet_free (sheet);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/defaults", test_defaults);
  g_test_add_func ("/layout/refusals", test_refusals);
  g_test_add_func ("/layout/an unknown layout names the known ones",
                   test_an_unknown_layout_names_the_known_ones);
  g_test_add_func ("/layout/words of layouts can be translated",
                   test_words_of_layouts_can_be_translated);
  g_test_add_func ("/layout/parts never overlap", test_parts_never_overlap);
  g_test_add_func ("/layout/ink stays in its box", test_ink_stays_in_its_box);
  g_test_add_func ("/layout/a bib is read at 15 metres", test_a_bib_is_read_at_15_metres);
  g_test_add_func ("/layout/a layout decides the length of a roll",
                   test_a_layout_decides_the_length_of_a_roll);
  g_test_add_func ("/layout/a name tag needs no token", test_a_name_tag_needs_no_token);
  g_test_add_func ("/layout/codes of a page are whole dots", test_codes_of_a_page_are_whole_dots);
  return g_test_run ();
}
