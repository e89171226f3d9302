/* test-camera.c: the camera reads labels in pictures, counts each once, and says what is wrong. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-beep.h"
#include "app/camera/camera-memory.h"
#include "app/camera/camera-source.h"
#include "app/camera/camera-view.h"
#include "app/camera/camera.h"
#include "app/types.h"
#include "print/label-image.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sys/stat.h>

#define WIDTH 1280
#define HEIGHT 720
#define TOKEN "C4K7M0002148F3K2Q7Z"
#define OTHER "C4K7M0010178F3K2Q7Z"
#define DEADLINE_USEC (10 * G_USEC_PER_SEC)

/* ---------------------------------------------------------------------- pictures */

static cairo_surface_t *
draw_label (const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcStock) stock = conc_stock_load ("roll-62x29", &error);
  g_autoptr (ConcLabelPainter) painter = NULL;
  g_autoptr (ConcLabel) label = conc_label_new (token, "214");
  cairo_surface_t *image;

  g_assert_no_error (error);
  painter = conc_label_painter_new (stock, NULL);
  label->name = g_strdup ("José García");
  label->wave = g_strdup ("Wave A");
  image = conc_label_image_new (painter, label, 0, &error);
  g_assert_no_error (error);
  return image;
}

/* A desk in bad light: darker to the right, with stripes that are no code. */
static void
draw_desk (cairo_t *cr)
{
  cairo_pattern_t *light = cairo_pattern_create_linear (0, 0, WIDTH, HEIGHT / 2.0);

  cairo_pattern_add_color_stop_rgb (light, 0, 0.8, 0.75, 0.7);
  cairo_pattern_add_color_stop_rgb (light, 1, 0.25, 0.25, 0.3);
  cairo_set_source (cr, light);
  cairo_paint (cr);
  cairo_pattern_destroy (light);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  for (int x = 20; x < 260; x += 12)
    cairo_rectangle (cr, x, 600, x % 5 + 3, 90);
  cairo_fill (cr);
}

static void
draw_held_label (cairo_t *cr, const char *token, double degrees, double scale)
{
  cairo_surface_t *label = draw_label (token);
  double           width = cairo_image_surface_get_width (label);
  double           height = cairo_image_surface_get_height (label);

  cairo_translate (cr, WIDTH / 2.0, HEIGHT / 2.0);
  cairo_rotate (cr, degrees * G_PI / 180);
  cairo_scale (cr, scale, scale);
  cairo_rectangle (cr, -width / 2, -height / 2, width, height);
  cairo_set_source_rgb (cr, 0.9, 0.9, 0.85);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.15, 0.15, 0.15);
  cairo_mask_surface (cr, label, -width / 2, -height / 2);
  cairo_surface_destroy (label);
}

/* As a lens that is out of focus by @blur pixels does it: smaller and larger again. */
static cairo_surface_t *
blur_picture (cairo_surface_t *picture, double blur)
{
  cairo_surface_t *small =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (WIDTH / blur), (int) (HEIGHT / blur));
  cairo_surface_t *blurred = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t         *cr = cairo_create (small);

  cairo_scale (cr, 1 / blur, 1 / blur);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cr = cairo_create (blurred);
  cairo_scale (cr, blur, blur);
  cairo_set_source_surface (cr, small, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (small);
  cairo_surface_destroy (picture);
  return blurred;
}

/* @token NULL: nobody holds anything before the camera. Returns the path. */
static char *
make_picture (const char *folder, const char *name, const char *token, double degrees, double blur)
{
  char            *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t         *cr = cairo_create (picture);

  draw_desk (cr);
  if (token != NULL)
    draw_held_label (cr, token, degrees, 0.9);
  cairo_destroy (cr);
  if (blur > 1)
    picture = blur_picture (picture, blur);
  g_assert_cmpint (cairo_surface_write_to_png (picture, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (picture);
  return path;
}

/* -------------------------------------------------------------------------- runs */

/* What a camera has told. */
typedef struct
{
  char      *folder;
  GPtrArray *texts;
  guint      n_changed;
  guint      n_pictures;
} Run;

static void
run_clear (Run *run)
{
  g_autoptr (GDir) dir = g_dir_open (run->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (run->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (run->folder);
  g_free (run->folder);
  g_ptr_array_unref (run->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
run_init (Run *run)
{
  *run = (Run){ 0 };
  run->folder = g_dir_make_tmp ("camera-XXXXXX", NULL);
  run->texts = g_ptr_array_new_with_free_func (g_free);
}

static void
scanned_cb (Run *run, const char *text)
{
  g_ptr_array_add (run->texts, g_strdup (text));
}

static void
changed_cb (ConcCamera *camera, Run *run)
{
  run->n_changed++;
  if (conc_camera_get_texture (camera) != NULL)
    run->n_pictures++;
}

static ConcCamera *
make_camera (Run *run)
{
  ConcCamera *camera = conc_camera_new ();

  conc_camera_set_has_sound (camera, FALSE);
  g_signal_connect_swapped (camera, "scanned", G_CALLBACK (scanned_cb), run);
  g_signal_connect (camera, "changed", G_CALLBACK (changed_cb), run);
  return camera;
}

/* Waits for what makes @condition true; everything that happens wakes the loop. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_usec = g_get_monotonic_time () + DEADLINE_USEC;                                \
    guint  wake_id = g_timeout_add (200, wake_cb, NULL);                                           \
                                                                                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        if (g_get_monotonic_time () > deadline_usec)                                               \
          g_error ("%s was not within %d s", #condition, (int) (DEADLINE_USEC / G_USEC_PER_SEC));  \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
    g_source_remove (wake_id);                                                                     \
  }                                                                                                \
  G_STMT_END

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
assert_finalizes (gpointer object)
{
  GWeakRef weak;

  g_weak_ref_init (&weak, object);
  g_object_unref (object);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (g_weak_ref_get (&weak));
  g_weak_ref_clear (&weak);
}

/* ------------------------------------------------------------------------- tests */

static void
test_a_code_counts_once_while_it_is_in_sight (void)
{
  static const struct
  {
    const char *text;
    gint64      now_ms;
    gboolean    counts;
  } ROWS[] = {
    { "214", 1000, TRUE },   { "214", 1066, FALSE }, { "214", 2900, FALSE }, { "214", 4800, FALSE },
    { "215", 4810, TRUE },   { "214", 4866, FALSE }, { "215", 4900, FALSE }, { "214", 6865, FALSE },
    { "215", 6899, FALSE },  { "214", 8865, TRUE },  { "214", 8866, FALSE }, { "215", 8899, TRUE },
    { "215", 10898, FALSE }, { "", 10898, TRUE },    { "", 10899, FALSE },
  };
  g_auto (ConcCameraMemory) memory = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      gboolean counts = conc_camera_memory_take (&memory, ROWS[i].text, ROWS[i].now_ms * 1000);

      g_test_message ("row %u", (guint) i);
      g_assert_cmpint (counts, ==, ROWS[i].counts);
    }
}

/* A pile of bibs before the camera: the one that was not seen for the longest time is forgotten. */
static void
test_more_codes_than_are_remembered (void)
{
  g_auto (ConcCameraMemory) memory = { 0 };

  for (guint i = 0; i <= CONC_CAMERA_MEMORY_MAX; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      g_assert_true (conc_camera_memory_take (&memory, text, 1000 + i));
    }
  g_assert_false (conc_camera_memory_take (&memory, "8", 2000));
  g_assert_false (conc_camera_memory_take (&memory, "1", 2001));
  g_assert_true (conc_camera_memory_take (&memory, "0", 2002));
}

static void
test_what_gstreamer_says_becomes_a_sentence (void)
{
  static const struct
  {
    int         code;
    const char *sentence;
  } ROWS[] = {
    { GST_RESOURCE_ERROR_NOT_FOUND, "The camera is not there. Plug it in and try again." },
    { GST_RESOURCE_ERROR_BUSY,
      "Another program uses the camera. Close that program and try again." },
    { GST_RESOURCE_ERROR_NOT_AUTHORIZED,
      "This user may not use the camera. Allow it in the settings of the system." },
    { GST_RESOURCE_ERROR_OPEN_READ,
      "The camera cannot be opened. Another program may use it, or this user may not." },
    { GST_RESOURCE_ERROR_OPEN_READ_WRITE,
      "The camera cannot be opened. Another program may use it, or this user may not." },
    { GST_RESOURCE_ERROR_READ,
      "The camera sends no more pictures. See that it is plugged in and try again." },
    { GST_RESOURCE_ERROR_SEEK, "The camera cannot be used: Oh." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (GST_RESOURCE_ERROR, ROWS[i].code, "Oh.");
      g_autofree char *sentence = conc_camera_source_explain (error);

      g_assert_cmpstr (sentence, ==, ROWS[i].sentence);
    }
}

static void
test_a_label_is_read_as_it_is_held (void)
{
  static const struct
  {
    double degrees;
    double blur;
  } ROWS[] = { { 0, 1 }, { 17, 1 }, { 90, 1.6 }, { 200, 1.6 }, { 315, 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_auto (Run) run;
      g_autofree char *picture = NULL;
      ConcCamera      *camera;

      g_test_message ("turned by %g degrees, blurred by %g", ROWS[i].degrees, ROWS[i].blur);
      run_init (&run);
      picture = make_picture (run.folder, "a.png", TOKEN, ROWS[i].degrees, ROWS[i].blur);
      g_setenv ("CONC_CAMERA", picture, TRUE);
      camera = make_camera (&run);
      conc_camera_start (camera, NULL);
      g_assert_cmpint (conc_camera_get_state (camera), ==, CONC_CAMERA_STARTING);
      g_assert_cmpstr (conc_camera_get_sentence (camera), ==, "Starting the camera…");
      wait_until (run.texts->len > 0);
      g_assert_cmpstr (run.texts->pdata[0], ==, TOKEN);
      g_assert_cmpint (conc_camera_get_state (camera), ==, CONC_CAMERA_ON);
      g_assert_null (conc_camera_get_sentence (camera));
      assert_finalizes (camera);
    }
}

/* The lamp of the camera goes out, and what was on its way is not told. */
static void
test_a_code_that_stays_is_told_once (void)
{
  g_auto (Run) run;
  g_autofree char *picture = NULL;
  ConcCamera      *camera;
  guint            n_changed;

  run_init (&run);
  picture = make_picture (run.folder, "a.png", TOKEN, 0, 1);
  g_setenv ("CONC_CAMERA", picture, TRUE);
  camera = make_camera (&run);
  conc_camera_start (camera, NULL);
  wait_until (run.n_pictures > 12);
  g_assert_cmpuint (run.texts->len, ==, 1);

  conc_camera_stop (camera);
  n_changed = run.n_changed;
  g_assert_cmpint (conc_camera_get_state (camera), ==, CONC_CAMERA_OFF);
  g_assert_null (conc_camera_get_texture (camera));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (run.n_changed, ==, n_changed);

  /* The next start is another camera, but the bib is still the same. */
  conc_camera_start (camera, NULL);
  wait_until (conc_camera_get_state (camera) == CONC_CAMERA_ON);
  g_assert_cmpuint (run.texts->len, ==, 1);
  assert_finalizes (camera);
}

static void
test_a_picture_without_a_code_tells_nothing (void)
{
  g_auto (Run) run;
  g_autofree char *picture = NULL;
  ConcCamera      *camera;
  GdkTexture      *texture;
  guint8           pixel[4];

  run_init (&run);
  picture = make_picture (run.folder, "a.png", NULL, 0, 1);
  g_setenv ("CONC_CAMERA", picture, TRUE);
  camera = make_camera (&run);
  conc_camera_start (camera, NULL);
  wait_until (run.n_pictures > 5);
  g_assert_cmpuint (run.texts->len, ==, 0);

  /* As in a mirror: the light side of the desk, on its left, is on the right. */
  texture = conc_camera_get_texture (camera);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, WIDTH / 2);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, HEIGHT / 2);
  {
    g_autofree guint8 *pixels = g_malloc (WIDTH / 2 * HEIGHT / 2 * 4);

    gdk_texture_download (texture, pixels, WIDTH / 2 * 4);
    g_assert_cmpint (pixels[4 * 10], <, pixels[4 * (WIDTH / 2 - 10)]);
    pixel[0] = pixels[0];
    g_assert_cmpint (pixel[0], ==, pixels[1]);
  }
  assert_finalizes (camera);
}

static void
assert_fails (const char *cameras, const char *beginning)
{
  g_auto (Run) run;
  ConcCamera *camera;

  run_init (&run);
  g_setenv ("CONC_CAMERA", cameras, TRUE);
  camera = make_camera (&run);
  conc_camera_start (camera, NULL);
  wait_until (conc_camera_get_state (camera) != CONC_CAMERA_STARTING);
  g_assert_cmpint (conc_camera_get_state (camera), ==, CONC_CAMERA_FAILED);
  if (!g_str_has_prefix (conc_camera_get_sentence (camera), beginning))
    g_error ("It says: %s", conc_camera_get_sentence (camera));
  g_assert_cmpuint (run.texts->len, ==, 0);
  assert_finalizes (camera);
}

static void
spoil_middle (const char *path)
{
  g_autofree char *contents = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  memset (contents + length / 2, 0x55, 100);
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

static void
test_what_is_wrong_is_said (void)
{
  g_auto (Run) run;
  g_autofree char *path = NULL;

  run_init (&run);
  path = g_build_filename (run.folder, "a.png", NULL);
  assert_fails ("", "No camera was found. Plug one in and try again, or use a scanner or the");
  assert_fails (path, "The camera is not there. Plug it in and try again.");
  g_assert_true (g_file_set_contents (path, "This is no picture.", -1, NULL));
  assert_fails (path, "The camera has ended. Try again.");
  g_free (make_picture (run.folder, "a.png", TOKEN, 0, 1));
  spoil_middle (path);
  assert_fails (path, "The camera cannot be used: ");
}

static void
test_a_camera_that_failed_can_be_tried_again (void)
{
  g_auto (Run) run;
  g_autofree char *path = NULL;
  ConcCamera      *camera;

  run_init (&run);
  path = g_build_filename (run.folder, "a.png", NULL);
  g_setenv ("CONC_CAMERA", path, TRUE);
  camera = make_camera (&run);
  conc_camera_start (camera, NULL);
  wait_until (conc_camera_get_state (camera) == CONC_CAMERA_FAILED);
  g_free (make_picture (run.folder, "a.png", TOKEN, 0, 1));
  conc_camera_start (camera, NULL);
  wait_until (run.texts->len > 0);
  assert_finalizes (camera);
}

/* A pipe that nobody writes into: opening it blocks, as some drivers do. */
static void
test_a_camera_that_sends_nothing_is_given_up (void)
{
  g_auto (Run) run;
  g_autofree char *path = NULL;
  ConcCamera      *camera;
  FILE            *end;

  run_init (&run);
  path = g_build_filename (run.folder, "a.png", NULL);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_setenv ("CONC_CAMERA", path, TRUE);
  camera = make_camera (&run);
  conc_camera_set_patience (camera, 100);
  conc_camera_start (camera, NULL);
  wait_until (conc_camera_get_state (camera) == CONC_CAMERA_FAILED);
  g_assert_cmpstr (conc_camera_get_sentence (camera), ==,
                   "The camera sends no picture. Unplug it, plug it in and try again.");
  assert_finalizes (camera);
  /* Lets its thread end. */
  end = fopen (path, "r+");
  g_assert_nonnull (end);
  fclose (end);
}

static void
test_starting_and_stopping_at_once (void)
{
  g_auto (Run) run;
  g_autofree char *picture = NULL;
  ConcCamera      *camera;

  run_init (&run);
  picture = make_picture (run.folder, "a.png", TOKEN, 0, 1);
  g_setenv ("CONC_CAMERA", picture, TRUE);
  camera = make_camera (&run);
  for (guint i = 0; i < 20; i++)
    {
      conc_camera_start (camera, NULL);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
      if (i % 2 == 0)
        conc_camera_stop (camera);
    }
  wait_until (run.texts->len > 0);
  g_assert_cmpuint (run.texts->len, ==, 1);
  assert_finalizes (camera);
}

/* In a process of its own, as GStreamer looks for its plug-ins once. */
static void
test_missing_plug_ins_are_said (void)
{
  if (g_test_subprocess ())
    {
      assert_fails ("a.png", "Scanning with a camera needs the plug-ins “base” and “good” of "
                             "GStreamer, and “videorate” of them is not installed.");
      return;
    }
  g_setenv ("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv ("GST_REGISTRY_1_0", "/dev/null", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_unsetenv ("GST_PLUGIN_SYSTEM_PATH_1_0");
  g_unsetenv ("GST_REGISTRY_1_0");
}

static gsize
size_of_file (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gsize) status.st_size : 0;
}

static void
test_a_beep_can_be_heard (void)
{
  g_auto (Run) run;
  g_autofree char *path = NULL;
  g_autofree char *sink = NULL;
  ConcCameraBeep  *beep;

  run_init (&run);
  path = g_build_filename (run.folder, "beep", NULL);
  sink = g_strdup_printf ("audio/x-raw,format=S16LE,rate=44100,channels=1 ! filesink location=%s "
                          "sync=false buffer-mode=unbuffered",
                          path);
  g_assert_true (gst_init_check (NULL, NULL, NULL));
  beep = conc_camera_beep_new (sink);
  conc_camera_beep_play (beep);
  /* A tenth of a second: 4,410 samples of two bytes. */
  wait_until (size_of_file (path) == 8820);
  conc_camera_beep_play (beep);
  conc_camera_beep_play (beep);
  wait_until (size_of_file (path) == 8820);
  conc_camera_beep_free (beep);
}

static void
test_without_a_loudspeaker_there_is_no_beep (void)
{
  ConcCameraBeep *beep = conc_camera_beep_new ("nothing-of-this-name");

  conc_camera_beep_play (beep);
  conc_camera_beep_free (beep);
}

/* -------------------------------------------------------------------------- view */

static GtkWidget *
find_by_id (GtkWidget *widget, const char *id)
{
  if (g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_by_id (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
label_of (GtkWidget *view, const char *id)
{
  return gtk_label_get_label (GTK_LABEL (find_by_id (view, id)));
}

static GtkWidget *
show_view (GtkWindow **ret_window, Run *run)
{
  GtkWidget *view = g_object_new (CONC_TYPE_CAMERA_VIEW, "sound", FALSE, NULL);

  *ret_window = GTK_WINDOW (gtk_window_new ());
  /* Narrower than its sentences. */
  gtk_window_set_default_size (*ret_window, 330, -1);
  gtk_window_set_child (*ret_window, view);
  g_signal_connect_swapped (view, "scanned", G_CALLBACK (scanned_cb), run);
  gtk_window_present (*ret_window);
  return view;
}

static void
test_the_view_says_what_was_read (void)
{
  g_auto (Run) run;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *cameras = NULL;
  GtkWindow       *window;
  GtkWidget       *view, *choice;
  GtkPicture      *picture;

  run_init (&run);
  first = make_picture (run.folder, "a.png", TOKEN, 0, 1);
  second = make_picture (run.folder, "b.png", OTHER, 30, 1);
  cameras = g_strjoin (G_SEARCHPATH_SEPARATOR_S, first, second, NULL);
  g_setenv ("CONC_CAMERA", cameras, TRUE);
  view = show_view (&window, &run);
  picture = GTK_PICTURE (find_by_id (view, "picture"));
  choice = find_by_id (view, "choice");
  g_assert_false (gtk_widget_get_visible (view));
  g_assert_true (conc_camera_is_built ());

  conc_camera_view_set_active (CONC_CAMERA_VIEW (view), TRUE);
  wait_until (run.texts->len == 1);
  g_assert_nonnull (gtk_picture_get_paintable (picture));
  g_assert_cmpstr (label_of (view, "word"), ==, "Read: 214");
  g_assert_true (gtk_widget_has_css_class (find_by_id (view, "frame"), "read"));
  g_assert_false (gtk_widget_get_visible (find_by_id (view, "sentence")));

  /* The other camera is chosen from the list. */
  g_assert_true (gtk_widget_get_visible (choice));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  wait_until (run.texts->len == 2);
  g_assert_cmpstr (label_of (view, "word"), ==, "Read: 1017");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 1);

  conc_camera_view_set_active (CONC_CAMERA_VIEW (view), FALSE);
  g_assert_false (gtk_widget_get_visible (view));
  g_assert_null (gtk_picture_get_paintable (picture));
  g_assert_cmpstr (label_of (view, "word"), ==, "Hold a code into the frame");
  gtk_window_destroy (window);
}

/* Another page, or a window that is closed, puts the camera out. */
static void
test_the_camera_is_off_when_the_view_is_not_seen (void)
{
  g_auto (Run) run;
  g_autofree char *path = NULL;
  GtkWindow       *window;
  GtkWidget       *view;
  GtkPicture      *picture;

  run_init (&run);
  path = make_picture (run.folder, "a.png", NULL, 0, 1);
  g_setenv ("CONC_CAMERA", path, TRUE);
  view = g_object_ref (show_view (&window, &run));
  picture = GTK_PICTURE (find_by_id (view, "picture"));
  conc_camera_view_set_active (CONC_CAMERA_VIEW (view), TRUE);
  wait_until (gtk_picture_get_paintable (picture) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  g_assert_null (gtk_picture_get_paintable (picture));
  gtk_window_present (window);
  wait_until (gtk_picture_get_paintable (picture) != NULL);
  gtk_window_destroy (window);
  assert_finalizes (view);
}

static void
test_the_view_says_what_is_wrong (void)
{
  g_auto (Run) run;
  g_autofree char *path = NULL;
  GtkWindow       *window;
  GtkWidget       *view, *sentence, *again;

  run_init (&run);
  path = g_build_filename (run.folder, "a.png", NULL);
  g_setenv ("CONC_CAMERA", path, TRUE);
  view = show_view (&window, &run);
  sentence = find_by_id (view, "sentence");
  again = find_by_id (view, "again_button");
  conc_camera_view_set_active (CONC_CAMERA_VIEW (view), TRUE);
  wait_until (gtk_widget_get_visible (again));
  g_assert_true (gtk_widget_get_visible (sentence));
  g_assert_cmpstr (label_of (view, "sentence"), ==,
                   "The camera is not there. Plug it in and try again.");
  g_assert_false (gtk_widget_get_visible (find_by_id (view, "choice")));
  g_assert_false (gtk_widget_get_visible (find_by_id (view, "stage")));

  g_free (make_picture (run.folder, "a.png", "4711", 0, 1));
  g_signal_emit_by_name (again, "clicked");
  wait_until (run.texts->len == 1);
  g_assert_cmpstr (label_of (view, "word"), ==, "Read: 4711");
  g_assert_false (gtk_widget_get_visible (again));
  g_assert_true (gtk_widget_get_visible (find_by_id (view, "stage")));
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  conc_app_ensure_types ();
  g_test_add_func ("/camera/a code counts once while it is in sight",
                   test_a_code_counts_once_while_it_is_in_sight);
  g_test_add_func ("/camera/more codes than are remembered", test_more_codes_than_are_remembered);
  g_test_add_func ("/camera/what GStreamer says becomes a sentence",
                   test_what_gstreamer_says_becomes_a_sentence);
  g_test_add_func ("/camera/missing plug-ins are said", test_missing_plug_ins_are_said);
  g_test_add_func ("/camera/a label is read as it is held", test_a_label_is_read_as_it_is_held);
  g_test_add_func ("/camera/a code that stays is told once", test_a_code_that_stays_is_told_once);
  g_test_add_func ("/camera/a picture without a code tells nothing",
                   test_a_picture_without_a_code_tells_nothing);
  g_test_add_func ("/camera/what is wrong is said", test_what_is_wrong_is_said);
  g_test_add_func ("/camera/a camera that failed can be tried again",
                   test_a_camera_that_failed_can_be_tried_again);
  g_test_add_func ("/camera/a camera that sends nothing is given up",
                   test_a_camera_that_sends_nothing_is_given_up);
  g_test_add_func ("/camera/starting and stopping at once", test_starting_and_stopping_at_once);
  g_test_add_func ("/camera/a beep can be heard", test_a_beep_can_be_heard);
  g_test_add_func ("/camera/without a loudspeaker there is no beep",
                   test_without_a_loudspeaker_there_is_no_beep);
  g_test_add_func ("/camera/the view says what was read", test_the_view_says_what_was_read);
  g_test_add_func ("/camera/the camera is off when the view is not seen",
                   test_the_camera_is_off_when_the_view_is_not_seen);
  g_test_add_func ("/camera/the view says what is wrong", test_the_view_says_what_is_wrong);
  return g_test_run ();
}
