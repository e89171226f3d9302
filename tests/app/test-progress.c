/* test-progress.c: how check-in is getting on, in a window of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/progress/arrivals-chart.h"
#include "app/progress/progress-view.h"
#include "app/types.h"
#include "core/race-time.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>

#define DEADLINE_SEC 20
/* 2026-01-17, 08:00 in Minneapolis. */
#define MORNING_USEC (G_GINT64_CONSTANT (1768658400) * G_USEC_PER_SEC)

typedef struct
{
  char         *folder;
  char         *path;
  ConcFakeClock clock;
  ConcRaceFile *file;
  ConcSession  *session;
  GtkWidget    *window;
  GtkWidget    *view;
  char         *said;
  char         *undo_fact;
} Fixture;

static void
submit (Fixture *fixture, ConcCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (fixture->file, command, &error);

  g_assert_no_error (error);
  conc_command_free (command);
}

static void
add_runner (Fixture *fixture, const char *name, const char *wave, guint bib)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_REGISTER, &fixture->clock.clock);

  command->runner = conc_runner_new (NULL);
  conc_runner_set (command->runner, CONC_FIELD_GIVEN_NAME, name);
  conc_runner_set (command->runner, CONC_FIELD_FAMILY_NAME, "Test");
  conc_runner_set (command->runner, CONC_FIELD_WAVE, wave);
  conc_runner_set (command->runner, CONC_FIELD_SHIRT, "M");
  conc_runner_take (command->runner, CONC_FIELD_BIB, g_strdup_printf ("%u", bib));
  submit (fixture, command);
}

static gboolean
said_cb (ConcSession *session, const char *sentence, const char *undo_fact, Fixture *fixture)
{
  g_free (fixture->said);
  g_free (fixture->undo_fact);
  fixture->said = g_strdup (sentence);
  fixture->undo_fact = g_strdup (undo_fact);
  return TRUE;
}

static void
fill_race (Fixture *fixture)
{
  submit (fixture, conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_SHIRTS, "M=2"));
  submit (fixture,
          conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_CHECK_IN_OPENS, "07:30"));
  submit (fixture,
          conc_command_new_setting (&fixture->clock.clock, CONC_SETTING_CHECK_IN_CLOSES, "08:30"));
  add_runner (fixture, "Ann", "A", 1);
  add_runner (fixture, "Bo", "A", 2);
  add_runner (fixture, "Cy", "B", 3);
  submit (fixture, conc_command_new_bib (CONC_COMMAND_CHECK_IN, &fixture->clock.clock, 1));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "x.race", NULL);
  conc_fake_clock_init (&fixture->clock, MORNING_USEC);
  conc_settings_set (settings, CONC_SETTING_NAME, "Test 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2026-01-17");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  fixture->file = conc_race_file_create (fixture->path, settings, &fixture->clock.clock, &error);
  g_assert_no_error (error);
  fill_race (fixture);
  fixture->session = conc_session_new (fixture->file);
  g_signal_connect (fixture->session, "said", G_CALLBACK (said_cb), fixture);
  fixture->view = g_object_new (CONC_TYPE_PROGRESS_VIEW, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  conc_session_close (fixture->session);
  g_clear_object (&fixture->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  conc_race_file_close (fixture->file);
  g_clear_object (&fixture->file);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->said);
  g_free (fixture->undo_fact);
}

/* A label that is shown and says @text. */
static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for (Fixture *fixture, const char *text)
{
  gboolean is_late = FALSE;
  guint    source = g_timeout_add_seconds (DEADLINE_SEC, wake_cb, &is_late);

  while (!says (fixture->view, text) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  if (is_late)
    g_error ("Nothing says “%s”.", text);
  g_source_remove (source);
}

static void
wait_until_said (Fixture *fixture)
{
  gboolean is_late = FALSE;
  guint    source = g_timeout_add_seconds (DEADLINE_SEC, wake_cb, &is_late);

  while (fixture->said == NULL && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (source);
}

static void
test_what_is_shown (Fixture *fixture, gconstpointer data)
{
  wait_for (fixture, "1 of 2");
  wait_for (fixture, "0 of 1");
  wait_for (fixture, "1 came between 08:00 and 08:05, at most 1 in five minutes, at 08:00.");
  wait_for (fixture, "2 left");
  wait_for (fixture, "3 ordered, 0 given, 1 too few for those who are still to come");
  wait_for (fixture, "Mark the 2 Who Are Not Here as No-Shows");
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  wait_for (fixture, "1 of 2");
  conc_session_submit (fixture->session,
                       conc_command_new_bib (CONC_COMMAND_CHECK_IN, &fixture->clock.clock, 2), NULL,
                       NULL);
  wait_for (fixture, "2 of 2");
}

static void
test_no_shows (Fixture *fixture, gconstpointer data)
{
  wait_for (fixture, "Mark the 2 Who Are Not Here as No-Shows");
  gtk_widget_activate_action (fixture->view, "progress.mark-no-shows", NULL);
  wait_until_said (fixture);
  g_assert_cmpstr (fixture->said, ==, "2 runners are marked as no-shows.");
  wait_for (fixture, "Nobody Is Left to Mark");
  wait_for (fixture, "Nobody else is expected.");
  conc_session_undo (fixture->session, fixture->undo_fact);
  wait_for (fixture, "Mark the 2 Who Are Not Here as No-Shows");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  conc_app_ensure_types ();
  conc_app_ensure_icons ();
  conc_app_ensure_style ();
  g_test_add ("/progress/figures-waves-shirts-and-words", Fixture, NULL, set_up, test_what_is_shown,
              tear_down);
  g_test_add ("/progress/follows-what-happens", Fixture, NULL, set_up, test_live, tear_down);
  g_test_add ("/progress/no-shows-are-marked-and-taken-back", Fixture, NULL, set_up, test_no_shows,
              tear_down);
  return g_test_run ();
}
