/* test-results-export.c: results as text, CSV, JSON, HTML and PDF. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "print/results-export.h"

#include "core/race-time.h"

#include <locale.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define GUN (G_GINT64_CONSTANT (1512835200) * SECOND) /* 2017-12-09T10:00:00-06:00 */
#define NOW (GUN + 2527 * SECOND)                     /* 10:42:07 */

typedef struct
{
  const char *key;
  guint       bib;
  const char *name;
  ConcSex     sex;
  int         age;
  gint64      own_start_usec; /* after the gun, -1 for none */
  gint64      finish_usec;    /* after the gun, -1 for none */
} Entrant;

static const Entrant entrants[] = {
  { "a", 214, "Runner 214", CONC_SEX_FEMALE, 34, 5 * SECOND, 1660345000 },
  { "b", 7, "Tou Vang", CONC_SEX_MALE, 19, -1, 1500 * SECOND },
  { "c", 31, "Nguyễn \"X\" <b>&", CONC_SEX_FEMALE, 70, -1, 3599200000 },
  { "bib:999", 999, NULL, CONC_SEX_UNKNOWN, -1, -1, 2000 * SECOND },
  { "d", 8, "=HYPERLINK(1)", CONC_SEX_NONBINARY, 30, -1, 3605 * SECOND },
  { "e", 9, "Not there yet", CONC_SEX_MALE, 40, -1, -1 },
};

static void
put (ConcScoreboard *board, const Entrant *entrant)
{
  ConcCrossing crossing = { .at_usec = GUN + entrant->finish_usec };
  ConcEntrant  value = { .key = entrant->key,
                         .bib = entrant->bib,
                         .name = entrant->name,
                         .sex = entrant->sex,
                         .age = entrant->age,
                         .own_start_usec = CONC_NO_TIME };

  if (entrant->own_start_usec >= 0)
    value.own_start_usec = GUN + entrant->own_start_usec;
  if (entrant->finish_usec >= 0)
    {
      value.crossings = &crossing;
      value.crossing_count = 1;
    }
  conc_scoreboard_put (board, &value);
}

static ConcScoreboard *
board_new (gboolean has_gun)
{
  g_auto (ConcRules) rules = { 0 };
  ConcScoreboard *board;

  conc_rules_init (&rules);
  board = conc_scoreboard_new (&rules);
  if (has_gun)
    conc_scoreboard_set_start (board, "", GUN);
  for (gsize i = 0; i < G_N_ELEMENTS (entrants); i++)
    put (board, &entrants[i]);
  return board;
}

static ConcSettings *
settings_new (void)
{
  ConcSettings *settings = conc_settings_new ();

  conc_settings_set (settings, CONC_SETTING_NAME, "Run & Fun <5K>");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  return settings;
}

static GBytes *
write_board (ConcScoreboard *board, ConcResultsBoard which, ConcResultsFormat format)
{
  g_autoptr (ConcSettings) settings = settings_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_assert_true (conc_results_write (board, settings, which, format, NOW, stream, &error));
  g_assert_no_error (error);
  g_assert_true (g_output_stream_close (stream, NULL, &error));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static char *
write_text (ConcScoreboard *board, ConcResultsBoard which, ConcResultsFormat format)
{
  g_autoptr (GBytes) bytes = write_board (board, which, format);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

#define COLUMNS                                                                                    \
  "place,bib,name,sex,age,division,sex_place,division_place,gun_time,net_time,status,penalty\n"

static void
test_csv_overall (void)
{
  g_autoptr (ConcScoreboard) board = board_new (TRUE);
  g_autofree char *csv = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_CSV);
  g_autofree char *all = write_text (board, CONC_RESULTS_BOARD_ALL, CONC_RESULTS_FORMAT_CSV);

  g_assert_cmpstr (csv, ==,
                   COLUMNS "1,7,Tou Vang,M,19,M0-19,1,1,25:00,,FIN,\n"
                           "2,214,Runner 214,F,34,F30-39,1,1,27:41,27:36,FIN,\n"
                           "3,999,Runner 999,,,,,,33:20,,FIN,\n"
                           "4,31,\"Nguyễn \"\"X\"\" <b>&\",F,70,F70+,2,1,1:00:00,,FIN,\n"
                           "5,8,'=HYPERLINK(1),X,30,X30-39,1,1,1:00:05,,FIN,\n");
  g_assert_cmpstr (all, ==, csv);
}

static void
test_csv_division (void)
{
  g_autoptr (ConcScoreboard) board = board_new (TRUE);
  g_autofree char *csv = write_text (board, CONC_RESULTS_BOARD_DIVISION, CONC_RESULTS_FORMAT_CSV);

  g_assert_cmpstr (csv, ==,
                   COLUMNS "2,214,Runner 214,F,34,F30-39,1,1,27:41,27:36,FIN,\n"
                           "4,31,\"Nguyễn \"\"X\"\" <b>&\",F,70,F70+,2,1,1:00:00,,FIN,\n"
                           "1,7,Tou Vang,M,19,M0-19,1,1,25:00,,FIN,\n"
                           "5,8,'=HYPERLINK(1),X,30,X30-39,1,1,1:00:05,,FIN,\n"
                           "3,999,Runner 999,,,,,,33:20,,FIN,\n");
}

static void
test_without_gun (void)
{
  g_autoptr (ConcScoreboard) board = board_new (FALSE);
  g_autofree char *csv = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_CSV);

  g_assert_nonnull (strstr (csv, "1,7,Tou Vang,M,19,M0-19,1,1,,,FIN,\n"));
}

static void
test_nobody (void)
{
  g_auto (ConcRules) rules = { 0 };
  g_autoptr (ConcScoreboard) board = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;
  g_autoptr (GBytes) pdf = NULL;

  conc_rules_init (&rules);
  board = conc_scoreboard_new (&rules);
  csv = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_CSV);
  json = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_JSON);
  text = write_text (board, CONC_RESULTS_BOARD_ALL, CONC_RESULTS_FORMAT_TEXT);
  html = write_text (board, CONC_RESULTS_BOARD_ALL, CONC_RESULTS_FORMAT_HTML);
  pdf = write_board (board, CONC_RESULTS_BOARD_ALL, CONC_RESULTS_FORMAT_PDF);
  g_assert_cmpstr (csv, ==, COLUMNS);
  g_assert_cmpstr (json, ==, "[]\n");
  g_assert_nonnull (strstr (text, "Nobody has finished yet."));
  g_assert_nonnull (strstr (html, "Nobody has finished yet."));
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
}

static void
test_json (void)
{
  g_autoptr (ConcScoreboard) board = board_new (TRUE);
  g_autofree char *json = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_JSON);
  g_auto (GStrv) lines = g_strsplit (json, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 8);
  g_assert_cmpstr (lines[0], ==, "[");
  g_assert_cmpstr (
      lines[2], ==,
      "{\"place\":2,\"bib\":214,\"name\":\"Runner 214\",\"sex\":\"F\",\"age\":34,"
      "\"division\":\"F30-39\",\"sex_place\":1,\"division_place\":1,\"gun_time\":\"27:41\","
      "\"net_time\":\"27:36\",\"status\":\"FIN\",\"penalty\":null,\"gun_seconds\":1661,"
      "\"gun_seconds_exact\":1660.345,\"net_seconds\":1656,\"net_seconds_exact\":1655.345,"
      "\"finished_at\":\"2017-12-09T10:27:40.345-06:00\",\"tied\":false,\"laps\":1},");
  g_assert_nonnull (strstr (lines[3], "\"sex\":null,\"age\":null,\"division\":null,"));
  g_assert_nonnull (strstr (lines[3], "\"net_seconds\":null,\"net_seconds_exact\":null,"));
  g_assert_nonnull (strstr (lines[4], "\"Nguyễn \\\"X\\\" <b>&\""));
  g_assert_cmpstr (lines[6], ==, "]");
}

static void
test_shared_places (void)
{
  static const Entrant twins[] = {
    { "x", 1, "A", CONC_SEX_FEMALE, 30, -1, 1500100000 },
    { "y", 2, "B", CONC_SEX_FEMALE, 30, -1, 1500200000 },
  };
  g_auto (ConcRules) rules = { 0 };
  g_autoptr (ConcScoreboard) board = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;

  conc_rules_init (&rules);
  g_assert_true (conc_rules_set (&rules, "places", "shared", &error));
  board = conc_scoreboard_new (&rules);
  conc_scoreboard_set_start (board, "", GUN);
  for (gsize i = 0; i < G_N_ELEMENTS (twins); i++)
    put (board, &twins[i]);
  csv = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_CSV);
  text = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_TEXT);
  html = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_HTML);
  json = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_JSON);
  g_assert_cmpstr (csv, ==,
                   COLUMNS "1,1,A,F,30,F30-39,1,1,25:01,,FIN,\n"
                           "1,2,B,F,30,F30-39,1,1,25:01,,FIN,\n");
  g_assert_nonnull (strstr (json, "\"tied\":true"));
  /* Nobody has a start of their own: what people read has no empty column for net times. */
  g_assert_null (strstr (text, "Net"));
  g_assert_null (strstr (html, "Net"));
}

static void
test_text (void)
{
  g_autoptr (ConcScoreboard) board = board_new (TRUE);
  g_autofree char *text = write_text (board, CONC_RESULTS_BOARD_OVERALL, CONC_RESULTS_FORMAT_TEXT);
  g_autoptr (GDateTime) day = g_date_time_new_utc (2017, 12, 9, 0, 0, 0);
  g_autofree char *title = g_date_time_format (day, "Run & Fun <5K>, %-d %B %Y\n");

  g_assert_nonnull (strstr (text, title));
  g_assert_nonnull (strstr (text, "Provisional, as of 10:42:07\n"));
  g_assert_nonnull (strstr (text, "\nPlace  Bib  Name             Sex  Age  Division"));
  g_assert_nonnull (strstr (text, "  Net\n"));
  g_assert_nonnull (strstr (text, "\n    1    7  Tou Vang         M     19  M0-19       25:00\n"));
}

static void
test_html (void)
{
  g_autoptr (ConcScoreboard) board = board_new (TRUE);
  g_autofree char *html = write_text (board, CONC_RESULTS_BOARD_ALL, CONC_RESULTS_FORMAT_HTML);

  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n<html lang=\"en\">"));
  g_assert_nonnull (strstr (html, "<h1>Run &amp; Fun &lt;5K&gt;</h1>"));
  g_assert_nonnull (strstr (html, "Nguyễn &quot;X&quot; &lt;b&gt;&amp;</th>"));
  g_assert_nonnull (strstr (html, "Provisional, as of 10:42:07"));
  g_assert_nonnull (strstr (html, "Placed by gun time"));
  g_assert_nonnull (strstr (html, "rounded up to the whole second"));
  g_assert_nonnull (strstr (html, "<h2 id=\"f30-39\">F30-39, 1 finisher</h2>"));
  g_assert_nonnull (strstr (html, "Without a division, 1 finisher"));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "http"));
  g_assert_null (strstr (html, "Not there yet"));
}

static void
test_pdf_of_many_pages (void)
{
  g_autoptr (ConcScoreboard) board = board_new (TRUE);
  g_autoptr (GBytes) bytes = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *key = g_strdup_printf ("many-%u", i);
      Entrant          entrant = { key,
                                   1000 + i,
                                   "Amina Nguyễn-Abdirahman de la Cruz y Ibáñez Fernández",
                                   CONC_SEX_FEMALE,
                                   25,
                                   -1,
                                   (1800 + i) * SECOND };
      put (board, &entrant);
    }
  bytes = write_board (board, CONC_RESULTS_BOARD_ALL, CONC_RESULTS_FORMAT_PDF);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 5, "%PDF-", 5);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 10000);
}

static void
test_full_disk (void)
{
  for (int format = 0; format < CONC_N_RESULTS_FORMATS; format++)
    {
      g_autoptr (ConcScoreboard) board = board_new (TRUE);
      g_autoptr (ConcSettings) settings = settings_new ();
      guint8 room[16];
      g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (conc_results_write (board, settings, CONC_RESULTS_BOARD_ALL, format, NOW,
                                          stream, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

static void
test_names (void)
{
  g_assert_cmpint (conc_results_board_from_text ("all"), ==, CONC_RESULTS_BOARD_ALL);
  g_assert_cmpint (conc_results_board_from_text ("All"), ==, CONC_N_RESULTS_BOARDS);
  g_assert_cmpint (conc_results_board_from_text (NULL), ==, CONC_N_RESULTS_BOARDS);
  g_assert_cmpint (conc_results_format_from_text ("html"), ==, CONC_RESULTS_FORMAT_HTML);
  g_assert_cmpint (conc_results_format_from_text (""), ==, CONC_N_RESULTS_FORMATS);
  for (int format = 0; format < CONC_N_RESULTS_FORMATS; format++)
    g_assert_cmpint (conc_results_format_from_text (conc_results_format_to_text (format)), ==,
                     format);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/results-export/csv/overall", test_csv_overall);
  g_test_add_func ("/results-export/csv/division", test_csv_division);
  g_test_add_func ("/results-export/without-a-gun-finishers-have-places-and-no-times",
                   test_without_gun);
  g_test_add_func ("/results-export/nobody-finished", test_nobody);
  g_test_add_func ("/results-export/json", test_json);
  g_test_add_func ("/results-export/tied-places-are-plain-numbers", test_shared_places);
  g_test_add_func ("/results-export/text", test_text);
  g_test_add_func ("/results-export/html", test_html);
  g_test_add_func ("/results-export/pdf-of-many-pages", test_pdf_of_many_pages);
  g_test_add_func ("/results-export/a-full-disk-is-told", test_full_disk);
  g_test_add_func ("/results-export/names", test_names);
  return g_test_run ();
}
