/* test-camera-none.c: a program that was built without GStreamer says so. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-beep.h"
#include "app/camera/camera-pipeline.h"

#include <locale.h>

#define SENTENCE                                                                                   \
  "This Concourse was built without scanning by camera. A scanner and the keyboard work without."

static void
test_there_is_no_camera (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (conc_camera_is_built ());
  g_assert_null (conc_camera_list (NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpstr (error->message, ==, SENTENCE);
}

static void
count_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_none_is_started (void)
{
  g_autoptr (GError) error = NULL;
  guint n_freed = 0;

  g_assert_null (conc_camera_pipeline_new (NULL, "Front", NULL, NULL, &n_freed, count_cb, &error));
  g_assert_cmpstr (error->message, ==, SENTENCE);
  g_assert_cmpuint (n_freed, ==, 1);
}

static void
test_nothing_is_heard (void)
{
  ConcCameraBeep *beep = conc_camera_beep_new (NULL);

  conc_camera_beep_play (beep);
  conc_camera_beep_free (beep);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera-none/there is no camera", test_there_is_no_camera);
  g_test_add_func ("/camera-none/none is started", test_none_is_started);
  g_test_add_func ("/camera-none/nothing is heard", test_nothing_is_heard);
  return g_test_run ();
}
