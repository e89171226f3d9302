/* bench-store.c: the store at 100,000 runners, against bare SQLite and a bare disk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import.h"
#include "store/race-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define RUNNERS 100000
#define FINISHERS 50000
#define IN_FLIGHT 100
#define TAPS 300
#define SEARCHES 2000
#define SEARCH_LIMIT 50
#define UPDATES 100
#define BLOCK_BYTES 4096
#define GUN_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define FIRST_FINISH_USEC (GUN_USEC + 900 * G_USEC_PER_SEC)
#define FINISH_STEP_USEC 37000

#define HEADER                                                                                     \
  "Registration ID,First Name,Last Name,Email,Date of Birth,Gender,City,State,Zip,Country,Bib,"    \
  "Event,Team,Shirt Size,Phone,Emergency Contact,Emergency Phone,Show Name in Public Results,"     \
  "Waiver Accepted,Donation,Registration Date,Notes\n"

static const char *const given[] = { "Ann",   "José",  "Tou", "Aïcha",     "Ifrah",  "Paj",
                                     "Grace", "Björk", "Lee", "Elizabeth", "Łukasz", "Mary" };
static const char *const family[] = { "Olson",    "García", "Vang", "Hussein", "Xiong", "O’Connor",
                                      "Peterson", "Kim",    "Yang", "Smith",   "Trần",  "Øster" };

/* The aim is a ratio to the peer, or seconds where @aim_of says so; 0 is none. */
static void
report (const char *figure,
        double      seconds,
        const char *peer,
        double      peer_seconds,
        double      aim,
        const char *aim_of)
{
  printf ("{\"figure\":\"%s\",\"seconds\":%.6f,\"peer\":\"%s\",\"peer_seconds\":%.6f,"
          "\"ratio\":%.4g",
          figure, seconds, peer, peer_seconds, seconds / peer_seconds);
  if (aim > 0)
    printf (",\"aim\":%.3f,\"aim_of\":\"%s\"}\n", aim, aim_of);
  else
    printf (",\"aim\":null,\"aim_of\":null}\n");
  fflush (stdout);
}

static double
seconds_since (gint64 start_usec)
{
  return (double) (g_get_monotonic_time () - start_usec) / G_USEC_PER_SEC;
}

static int
compare_doubles_cb (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
percentile (double *values, guint n, guint percent)
{
  qsort (values, n, sizeof *values, compare_doubles_cb);
  return values[MIN (n - 1, n * percent / 100)];
}

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static GBytes *
make_table (const char *path)
{
  GString *csv = g_string_new (HEADER);
  GError  *error = NULL;

  for (guint i = 0; i < RUNNERS; i++)
    g_string_append_printf (
        csv,
        "%u,%s,%s %u,runner.%u@example.org,%02u/%02u/%u,%c,Minneapolis,MN,55415,US,,5K Run,,M,"
        "612-555-%04u,Anders Olson,612-555-%04u,Yes,Yes,%s,11/24/2017 04:29 PM,\n",
        100000 + i, given[i % G_N_ELEMENTS (given)], family[i / 12 % G_N_ELEMENTS (family)],
        i / 144, i, i % 12 + 1, i % 28 + 1, 1940 + i % 70, i % 2 == 0 ? 'F' : 'M', i % 10000,
        (i + 1) % 10000, i % 3 == 0 ? "25.00" : "");
  g_file_set_contents (path, csv->str, (gssize) csv->len, &error);
  check (error);
  return g_string_free_to_bytes (csv);
}

static ConcRaceFile *
create_race (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "x.race", NULL);
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  GError       *error = NULL;
  ConcRaceFile *file;

  conc_settings_set (settings, CONC_SETTING_NAME, "Bench 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  file = conc_race_file_create (path, settings, conc_clock_get_system (), &error);
  check (error);
  return file;
}

static double
import_with_shell (const char *folder, const char *table)
{
  g_autofree char *db = g_build_filename (folder, "bare.db", NULL);
  g_autofree char *import = g_strdup_printf (".import '%s' bare", table);
  const char      *words[] = { "sqlite3", "-csv", db, import, NULL };
  GError          *error = NULL;
  int              wait_status = 0;
  gint64           start_usec = g_get_monotonic_time ();

  if (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                    &wait_status, &error))
    g_spawn_check_wait_status (wait_status, &error);
  check (error);
  return seconds_since (start_usec);
}

/* Until everybody can be found: the names are read into memory by the first search. */
static void
bench_import (ConcRaceFile *file, const char *folder)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *table = g_build_filename (folder, "registrations.csv", NULL);
  g_autoptr (GBytes) bytes = make_table (table);
  double          peer_seconds = import_with_shell (folder, table);
  GError         *error = NULL;
  gint64          start_usec = g_get_monotonic_time ();
  ConcImportPlan *plan = conc_import_plan_new (conc_race_file_get_reader (file), bytes,
                                               CONC_IMPORT_RUNNERS, NULL, &error);

  check (error);
  if (conc_import_plan_count (plan, CONC_IMPORT_REFUSED) > 0)
    g_error ("rows of the table were refused");
  conc_race_file_import (file, plan, &error);
  check (error);
  found = conc_reader_search (conc_race_file_get_reader (file), "olson", 10, &error);
  check (error);
  report ("import-100000", seconds_since (start_usec), "sqlite3 .import", peer_seconds, 2, "ratio");
}

/* Bare SQLite on a file of its own, or beside the race that is written. */
static sqlite3 *
open_bare (const char *path)
{
  sqlite3 *db = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return db;
}

static void
run_bare (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
}

/* The seconds until @statement has given all its rows; it is ready for the next time. */
static double
step_bare (sqlite3_stmt *statement)
{
  gint64 start_usec = g_get_monotonic_time ();

  while (sqlite3_step (statement) == SQLITE_ROW)
    ;
  if (sqlite3_reset (statement) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (sqlite3_db_handle (statement)));
  return seconds_since (start_usec);
}

static sqlite3_stmt *
prepare_bare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  return statement;
}

static void
submit (ConcRaceFile *file, ConcCommand *command)
{
  GError      *error = NULL;
  ConcReceipt *receipt = conc_race_file_submit (file, command, &error);

  check (error);
  conc_receipt_free (receipt);
  conc_command_free (command);
}

static double
append_durably (int fd)
{
  static const char block[BLOCK_BYTES];
  gint64            start_usec = g_get_monotonic_time ();

  if (write (fd, block, sizeof block) != sizeof block || fdatasync (fd) != 0)
    g_error ("the disk failed");
  return seconds_since (start_usec);
}

/* Alternating, so that a busy moment of the disk meets both. */
static void
bench_tap (ConcRaceFile *file, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "blocks", NULL);
  int              fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  double           seconds[TAPS], peer_seconds[TAPS];

  for (guint i = 0; i < TAPS; i++)
    {
      gint64 start_usec = g_get_monotonic_time ();

      submit (file, conc_command_new (CONC_COMMAND_TAP, conc_clock_get_system ()));
      seconds[i] = seconds_since (start_usec);
      peer_seconds[i] = append_durably (fd);
    }
  close (fd);
  report ("tap-durable-median", percentile (seconds, TAPS, 50), "fdatasync of 4 kB",
          percentile (peer_seconds, TAPS, 50), 1.5, "ratio");
}

typedef struct
{
  ConcRaceFile *file;
  guint         n_sent;
  guint         n_done;
} Stream;

static ConcCommand *
make_crossing (guint bib)
{
  ConcCommand *command = conc_command_new_bib (CONC_COMMAND_CROSS, conc_clock_get_system (), bib);

  conc_command_set_key_time (command, FIRST_FINISH_USEC + (gint64) bib * FINISH_STEP_USEC,
                             command->monotonic_usec);
  return command;
}

static void
crossed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Stream      *stream = user_data;
  GError      *error = NULL;
  ConcReceipt *receipt = conc_race_file_submit_finish (CONC_RACE_FILE (source), result, &error);

  check (error);
  conc_receipt_free (receipt);
  stream->n_done++;
  if (stream->n_sent < FINISHERS)
    conc_race_file_submit_async (stream->file, make_crossing (++stream->n_sent), crossed_cb,
                                 stream);
}

/* The same number of rows into one table, as many a commit as there are lines in flight. */
static double
insert_bare (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "rows.db", NULL);
  sqlite3         *db = open_bare (path);
  sqlite3_stmt    *insert;
  gint64           start_usec = g_get_monotonic_time ();

  run_bare (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "CREATE TABLE crossing (bib INTEGER, at TEXT)");
  insert = prepare_bare (db, "INSERT INTO crossing VALUES (?, '2017-12-09T15:20:00.123456Z')");
  for (int bib = 1; bib <= FINISHERS; bib++)
    {
      if (bib % IN_FLIGHT == 1)
        run_bare (db, "BEGIN");
      sqlite3_bind_int (insert, 1, bib);
      step_bare (insert);
      if (bib % IN_FLIGHT == 0)
        run_bare (db, "COMMIT");
    }
  sqlite3_finalize (insert);
  sqlite3_close (db);
  return seconds_since (start_usec);
}

static void
bench_record (ConcRaceFile *file, const char *folder)
{
  Stream stream = { .file = file };
  gint64 start_usec = g_get_monotonic_time ();
  double seconds;

  while (stream.n_sent < IN_FLIGHT)
    conc_race_file_submit_async (file, make_crossing (++stream.n_sent), crossed_cb, &stream);
  while (stream.n_done < FINISHERS)
    g_main_context_iteration (NULL, TRUE);
  seconds = seconds_since (start_usec);
  report ("record-each-of-50000-with-100-in-flight", seconds / FINISHERS,
          "SQLite, 100 rows a commit", insert_bare (folder) / FINISHERS, 0, NULL);
}

static void
bench_search (ConcRaceFile *file)
{
  static double seconds[SEARCHES], peer_seconds[SEARCHES];
  ConcReader   *reader = conc_race_file_get_reader (file);
  sqlite3      *db = open_bare (conc_race_file_get_path (file));
  sqlite3_stmt *like = prepare_bare (db, "SELECT id FROM runner WHERE given_name LIKE ?1 || '%' OR "
                                         "family_name LIKE ?1 || '%' LIMIT 50");

  for (guint i = 0; i < SEARCHES; i++)
    {
      const char      *name = given[i % G_N_ELEMENTS (given)];
      const char      *other = family[i / 12 % G_N_ELEMENTS (family)];
      g_autofree char *start = g_utf8_substring (name, 0, i % 3 + 1);
      g_autofree char *text = i % 2 == 0 ? g_strdup (start) : g_strjoin (" ", start, other, NULL);
      GError          *error = NULL;
      gint64           start_usec = g_get_monotonic_time ();
      GPtrArray       *found = conc_reader_search (reader, text, SEARCH_LIMIT, &error);

      seconds[i] = seconds_since (start_usec);
      check (error);
      g_ptr_array_unref (found);
      sqlite3_bind_text (like, 1, text, -1, SQLITE_TRANSIENT);
      peer_seconds[i] = step_bare (like);
    }
  sqlite3_finalize (like);
  sqlite3_close (db);
  report ("search-100000-p99", percentile (seconds, SEARCHES, 99), "SQLite, LIKE on both names",
          percentile (peer_seconds, SEARCHES, 99), 0.004, "seconds");
}

static double
add_finisher (ConcRaceFile *file, ConcScoreboard *board, guint bib)
{
  GError      *error = NULL;
  ConcCommand *command = make_crossing (bib);
  ConcReceipt *receipt = conc_race_file_submit (file, command, &error);
  char        *subjects[] = { NULL, NULL };
  gint64       start_usec;
  double       seconds;

  check (error);
  subjects[0] = conc_fact_id_to_text (&receipt->fact);
  start_usec = g_get_monotonic_time ();
  conc_reader_update_scoreboard (conc_race_file_get_reader (file), board,
                                 (const char *const *) subjects, &error);
  check (error);
  if (conc_scoreboard_get_count (board, CONC_LIST_OVERALL) != bib)
    g_error ("finishers are missing from the board");
  seconds = seconds_since (start_usec);
  g_free (subjects[0]);
  conc_receipt_free (receipt);
  conc_command_free (command);
  return seconds;
}

static void
bench_results (ConcRaceFile *file)
{
  GError       *error = NULL;
  sqlite3      *db = open_bare (conc_race_file_get_path (file));
  sqlite3_stmt *sorted = prepare_bare (db, "SELECT bib, at_usec FROM tap ORDER BY at_usec");
  double        peer_seconds = step_bare (sorted);
  double        seconds[UPDATES], scratch_seconds;
  gint64        start_usec = g_get_monotonic_time ();
  g_autoptr (ConcScoreboard) board =
      conc_reader_load_scoreboard (conc_race_file_get_reader (file), &error);

  scratch_seconds = seconds_since (start_usec);
  check (error);
  sqlite3_finalize (sorted);
  sqlite3_close (db);
  if (conc_scoreboard_get_count (board, CONC_LIST_OVERALL) != FINISHERS)
    g_error ("finishers are missing from the board");
  report ("results-50000-from-scratch", scratch_seconds, "SQLite, the times in their order",
          peer_seconds, 0, NULL);
  for (guint i = 0; i < UPDATES; i++)
    seconds[i] = add_finisher (file, board, FINISHERS + 1 + i);
  report ("results-50000-one-more-median", percentile (seconds, UPDATES, 50), "from scratch",
          scratch_seconds, 0.001, "seconds");
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

int
main (void)
{
  GError          *error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("concourse-bench-XXXXXX", &error);
  g_autoptr (ConcRaceFile) file = NULL;
  ConcCommand *gun;

  check (error);
  file = create_race (folder);
  bench_import (file, folder);
  submit (file, conc_command_new_bib (CONC_COMMAND_ASSIGN_BIBS, conc_clock_get_system (), 1));
  gun = conc_command_new (CONC_COMMAND_GUN, conc_clock_get_system ());
  gun->when = g_strdup ("09:00:00");
  submit (file, gun);
  bench_tap (file, folder);
  bench_search (file);
  bench_record (file, folder);
  bench_results (file);
  conc_race_file_close (file);
  remove_folder (folder);
  return 0;
}
