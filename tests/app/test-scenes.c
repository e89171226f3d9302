/* test-scenes.c: every scene at every size, drawn without a screen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/tube.h"

#include <locale.h>
#include <math.h>
#include <string.h>

/* What is hidden, and what is shown instead. */
#define HIDDEN_NAME "Halloran"
#define PUBLIC_NAME "Runner 214"

typedef struct
{
  const char *name;
  int         width_px;
  int         height_px;
} Size;

static const Size sizes[] = { { "1280x720", 1280, 720 },
                              { "1920x1080", 1920, 1080 },
                              { "1024x768", 1024, 768 },
                              { "1080x1920", 1080, 1920 } };

/* What the probe saw of one drawing; @room is where text may be. */
typedef struct
{
  ConcBox  room;
  double   smallest_px;
  GString *texts;
  GArray  *inks;
} Seen;

static gboolean
overlap (const ConcBox *a, const ConcBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static void
see_text_cb (const char *text, double cap_px, const ConcBox *ink, gpointer user_data)
{
  Seen          *seen = user_data;
  const ConcBox *room = &seen->room;

  g_string_append_printf (seen->texts, "%s\n", text);
  seen->smallest_px = MIN (seen->smallest_px, cap_px);
  if (ink->width <= 0)
    return;
  g_assert_cmpfloat (ink->x, >=, room->x - 1.5);
  g_assert_cmpfloat (ink->y, >=, room->y - 1.5);
  g_assert_cmpfloat (ink->x + ink->width, <=, room->x + room->width + 1.5);
  g_assert_cmpfloat (ink->y + ink->height, <=, room->y + room->height + 1.5);
  for (guint i = 0; i < seen->inks->len; i++)
    if (overlap (&g_array_index (seen->inks, ConcBox, i), ink))
      g_error ("“%s” overlaps another text of:\n%s", text, seen->texts->str);
  g_array_append_vals (seen->inks, ink, 1);
}

static ConcSceneBoard *
create_board (guint n_rows)
{
  static const struct
  {
    const char *name, *time;
  } rows[] = {
    { "Tou Vang", "16:58" },
    { "Nguyễn-Abdirahman de la Cruz y Ibáñez-Washington", "17:03" },
    { PUBLIC_NAME, "17:41" },
    { "Xue Ó", "18:00" },
    { "李小龍", "18:22" },
    { "Fadumo Abdullahi", "19:07" },
    { "O", "59:59" },
    { "Gjertrud Østergård", "1:02:14" },
    { "Mai Yia Thao", "1:02:15" },
    { "Ann Olson", "2:10:09" },
  };
  ConcSceneBoard *board = conc_scene_board_new ("Overall");

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *place = g_strdup_printf ("%u", i + 1);

      g_ptr_array_add (board->rows, conc_scene_row_new (place, place, rows[i].name, rows[i].time));
    }
  board->n_finished = n_rows == 0 ? 0 : 1204;
  return board;
}

static ConcImpactCard long_card = {
  (char *) "1-888-373-7888",
  (char *) "May have bought sex in Minnesota in one year, going by a national survey in which 14 % "
           "of "
           "men report ever and 1 % in the last year",
  (char *) "National Center for Missing and Exploited Children, 2014",
};

static ConcImpactCard short_card = { (char *) "1 in 4", (char *) "One sentence.",
                                     (char *) "FBI, 2017" };

static const ConcSceneMoney moneys[] = {
  { .goal_cents = 2500000 },
  { 2500000, 1248037, 250000, 310000, 0 },
  { 2500000, 2811200, 500000, 310000, 5000 },
  { 0, 91000, 0, 0, 0 },
};

typedef void (*DrawFunc) (ConcCanvas *canvas, const ConcBox *room, int variant);

static void
draw_board (ConcCanvas *canvas, const ConcBox *room, int variant)
{
  g_autoptr (ConcSceneBoard) board = create_board (variant == 0 ? 10 : 0);

  conc_scene_draw_board (canvas, room, board);
}

static void
draw_money (ConcCanvas *canvas, const ConcBox *room, int variant)
{
  conc_scene_draw_money (canvas, room, &moneys[variant]);
}

static void
draw_impact (ConcCanvas *canvas, const ConcBox *room, int variant)
{
  conc_scene_draw_impact (canvas, room, variant == 0 ? &long_card : &short_card);
}

static const struct
{
  const char *name;
  DrawFunc    draw;
  int         n_variants;
} scenes[] = { { "board", draw_board, 2 },
               { "money", draw_money, G_N_ELEMENTS (moneys) },
               { "impact", draw_impact, 2 } };

/* Pictures to look at are kept where this variable says. */
static void
keep_picture (cairo_surface_t *surface, const char *scene, int variant, const char *size)
{
  const char      *folder = g_getenv ("CONC_TEST_PICTURES");
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  path = g_strdup_printf ("%s/%s-%d-%s.png", folder, scene, variant, size);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
}

/* The ground covers everything, and the margins hold nothing else. */
static void
assert_margins_are_empty (cairo_surface_t *surface, const ConcCanvas *canvas)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int           stride = cairo_image_surface_get_stride (surface);
  const guint32 ground = *(const guint32 *) data;
  int           left = (int) floor (canvas->safe.x) - 2;
  int           top = (int) floor (canvas->safe.y) - 2;

  for (int y = 0; y < canvas->height_px; y++)
    {
      const guint32 *line = (const guint32 *) (data + (gsize) y * stride);

      for (int x = 0; x < canvas->width_px; x++)
        if (x < left || x >= canvas->width_px - left || y < top || y >= canvas->height_px - top)
          g_assert_cmphex (line[x], ==, ground);
    }
}

static void
check_scene (guint scene, int variant, const Size *size)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, size->width_px, size->height_px);
  cairo_t       *cr = cairo_create (surface);
  ConcSceneFrame frame = { (char *) "NOT IN OUR CITY 5K", (char *) "Race 1:27:41" };
  ConcCanvas     canvas;
  Seen           seen = { .smallest_px = G_MAXDOUBLE };
  ConcBox        room;

  conc_canvas_init (&canvas, cr, size->width_px, size->height_px, "DejaVu Sans");
  seen.room = canvas.safe;
  seen.texts = g_string_new (NULL);
  seen.inks = g_array_new (FALSE, FALSE, sizeof (ConcBox));
  canvas.probe = see_text_cb;
  canvas.probe_data = &seen;
  conc_scene_draw_ground (&canvas);
  conc_scene_draw_bottom (&canvas, &frame);
  room = conc_scene_get_room (&canvas, &frame);
  /* Descenders hang below, accents rise above. */
  seen.room.height = room.y + room.height + canvas.unit_px * 0.4 - seen.room.y;
  scenes[scene].draw (&canvas, &room, variant);
  cairo_surface_flush (surface);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpfloat (seen.smallest_px, >=, canvas.unit_px - 0.001);
  g_assert_nonnull (strstr (seen.texts->str, "1-888-373-7888"));
  g_assert_nonnull (strstr (seen.texts->str, "NOT IN OUR CITY 5K"));
  g_assert_nonnull (strstr (seen.texts->str, "Race 1:27:41"));
  assert_margins_are_empty (surface, &canvas);
  keep_picture (surface, scenes[scene].name, variant, size->name);
  g_string_free (seen.texts, TRUE);
  g_array_unref (seen.inks);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

typedef struct
{
  double left_px;
} LeftEnd;

static void
see_left_cb (const char *text, double cap_px, const ConcBox *ink, gpointer user_data)
{
  ((LeftEnd *) user_data)->left_px = ink->x;
}

/* A name in a script that is written from the right stands in the same column as the others. */
static void
test_column_of_names (void)
{
  const char *const names[] = { "Ann Olson", "\u05e9\u05e8\u05d4 \u05d1\u05df",
                                "\u0645\u062d\u0645\u062f" };
  cairo_surface_t  *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1280, 720);
  cairo_t          *cr = cairo_create (surface);
  ConcCanvas        canvas;

  conc_canvas_init (&canvas, cr, 1280, 720, "DejaVu Sans");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LeftEnd       end = { 0 };
      ConcTextStyle style = { canvas.unit_px, 800, CONC_ALIGN_LEFT, 0, NULL };

      canvas.probe = see_left_cb;
      canvas.probe_data = &end;
      conc_canvas_draw (&canvas, names[i], 100, 100, &style);
      g_assert_cmpfloat (end.left_px, <, 100 + canvas.unit_px);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_size (gconstpointer data)
{
  for (guint scene = 0; scene < G_N_ELEMENTS (scenes); scene++)
    for (int variant = 0; variant < scenes[scene].n_variants; variant++)
      check_scene (scene, variant, data);
}

static void
test_reading_distance (void)
{
  const double distance_mm = 25000, picture_height_mm = 3000;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 8, 8);
      cairo_t         *cr = cairo_create (surface);
      ConcCanvas       canvas;
      gboolean         portrait = sizes[i].height_px > sizes[i].width_px;
      double           mm_per_px = picture_height_mm / sizes[i].height_px;

      conc_canvas_init (&canvas, cr, sizes[i].width_px, sizes[i].height_px, "DejaVu Sans");
      g_assert_cmpfloat (canvas.unit_px * mm_per_px, >=,
                         (portrait ? 17500 : distance_mm) / 250 - 0.001);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_five_to_ten_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 8, 8);
      cairo_t         *cr = cairo_create (surface);
      ConcSceneFrame   frame = { (char *) "Race", (char *) "Now 09:00" };
      ConcCanvas       canvas;
      ConcBox          room;
      guint            n_rows;

      conc_canvas_init (&canvas, cr, sizes[i].width_px, sizes[i].height_px, "DejaVu Sans");
      room = conc_scene_get_room (&canvas, &frame);
      n_rows = conc_scene_board_count_rows (&canvas, &room);
      g_assert_cmpuint (n_rows, >=, 5);
      g_assert_cmpuint (n_rows, <=, 10);
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static const ConcSceneRow *
get_row (const ConcSceneBoard *board, guint index)
{
  return board->rows->pdata[index];
}

static void
test_a_new_finisher_slides_in (void)
{
  g_autoptr (ConcSceneBoard) old = create_board (3);
  g_autoptr (ConcSceneBoard) board = create_board (3);

  g_ptr_array_insert (board->rows, 1, conc_scene_row_new ("new", "2", "Lia Her", "17:00"));
  g_assert_false (conc_scene_board_equal (old, board));
  conc_scene_board_move (board, old->rows, 0);
  g_assert_cmpfloat (get_row (board, 0)->offset_rows, ==, 0);
  g_assert_cmpfloat (get_row (board, 1)->slide, ==, 1);
  g_assert_true (get_row (board, 1)->is_new);
  g_assert_cmpfloat (get_row (board, 2)->offset_rows, ==, -1);
  conc_scene_board_move (board, old->rows, 0.5);
  g_assert_cmpfloat (get_row (board, 2)->offset_rows, <, 0);
  conc_scene_board_move (board, old->rows, 1);
  g_assert_cmpfloat (get_row (board, 1)->slide, ==, 0);
  g_assert_cmpfloat (get_row (board, 2)->offset_rows, ==, 0);
}

static void
test_nothing_moves_at_first (void)
{
  g_autoptr (ConcSceneBoard) board = create_board (3);

  conc_scene_board_move (board, NULL, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (get_row (board, i)->is_new);
      g_assert_cmpfloat (get_row (board, i)->offset_rows, ==, 0);
    }
}

static void
test_percent (void)
{
  static const struct
  {
    ConcSceneMoney money;
    int            percent;
  } table[] = {
    { { 0, 100, 0, 0, 0 }, -1 },
    { { 2500000, 0, 0, 999999999, 0 }, 0 },
    { { 2500000, 2499999, 0, 0, 0 }, 99 },
    { { 2500000, 2500000, 0, 0, 0 }, 100 },
    { { 2500000, 2811200, 0, 0, 0 }, 112 },
    { { 2500000, -500, 0, 0, 0 }, 0 },
    { { 1, 10000000000, 0, 0, 0 }, 2147483647 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_cmpint (conc_tube_get_percent (&table[i].money), ==, table[i].percent);
}

static void
test_the_tube_holds_everything (void)
{
  const ConcBox tube = { 0, 0, 10, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (moneys); i++)
    {
      const ConcSceneMoney *money = &moneys[i];

      g_assert_cmpint (conc_tube_get_top_cents (money), >=,
                       money->raised_cents + money->pledged_cents);
      g_assert_cmpint (conc_tube_get_top_cents (money), >=, money->goal_cents);
      g_assert_cmpfloat (conc_tube_get_y (money, &tube, 0), ==, 1000);
      g_assert_cmpfloat (conc_tube_get_y (money, &tube, conc_tube_get_top_cents (money)), ==, 0);
    }
}

static void
test_cards (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) cards = NULL;
  gsize           length;
  ConcImpactCard *card;

  g_file_get_contents (CONC_TEST_CARDS, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  cards = conc_impact_cards_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (cards->len, ==, 14);
  card = cards->pdata[2];
  g_assert_cmpstr (card->figure, ==, "100,000");
  g_assert_cmpstr (card->source, ==, "National Center for Missing and Exploited Children, 2017");
  card = cards->pdata[4];
  g_assert_cmpstr (card->source, ==, "Study of November 2010");
}

static void
test_a_card_without_source_is_left_out (void)
{
  static const char text[] = "text,figure,source,year\nSentence,7,,2017\nOther,8,FBI,\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GPtrArray) cards = conc_impact_cards_parse (bytes, &error);
  ConcImpactCard *card;

  g_assert_no_error (error);
  g_assert_cmpuint (cards->len, ==, 1);
  card = cards->pdata[0];
  g_assert_cmpstr (card->figure, ==, "8");
  g_assert_cmpstr (card->source, ==, "FBI");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strconcat ("/scenes/", sizes[i].name, NULL);

      g_test_add_data_func (path, &sizes[i], test_size);
    }
  g_test_add_func ("/scenes/letters are high enough at 25 m", test_reading_distance);
  g_test_add_func ("/scenes/five to ten rows", test_five_to_ten_rows);
  g_test_add_func ("/scenes/a new finisher slides in", test_a_new_finisher_slides_in);
  g_test_add_func ("/scenes/nothing moves at first", test_nothing_moves_at_first);
  g_test_add_func ("/tube/percent", test_percent);
  g_test_add_func ("/tube/holds everything", test_the_tube_holds_everything);
  g_test_add_func ("/cards/of the project", test_cards);
  g_test_add_func ("/cards/without source", test_a_card_without_source_is_left_out);
  g_test_add_func ("/scenes/column-of-names", test_column_of_names);
  return g_test_run ();
}
