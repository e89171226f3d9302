/* test-power-cut.c: the power is cut at any moment; what was acknowledged is there, and the clock
 * goes on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "power-cut.h"

#include "core/anchor.h"
#include "store/maintain.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>

#define RUNS 25
#define CUTS_A_RUN 20
#define COMMANDS 24
/* All are looked at by SQLite, and one in so many by the program. */
#define OPENED_EVERY 20
#define SEED 20171209

/* One cut: the disk after it, and how many facts had been acknowledged. */
typedef struct
{
  PowerCutImage *image;
  guint          n_acknowledged;
  PowerCutMode   mode;
} Cut;

typedef struct
{
  Fixture    fixture;
  GRand     *random;
  GPtrArray *facts; /* element-type utf8: acknowledged, in order */
  guint      n_acknowledged;
  GPtrArray *cuts;
  guint      next; /* the operation at which the power is cut next */
  guint      n_opened;
} Player;

static void
cut_free (gpointer data)
{
  Cut *cut = data;

  g_hash_table_unref (cut->image);
  g_free (cut);
}

static void
choose_next (Player *player)
{
  player->next = power_cut_get_n_operations () + (guint) g_rand_int_range (player->random, 1, 16);
}

/* On the thread that writes. */
static void
operation_cb (gpointer user_data)
{
  Player *player = user_data;
  Cut    *cut;

  if (power_cut_get_n_operations () < player->next || player->cuts->len == CUTS_A_RUN)
    return;
  cut = g_new0 (Cut, 1);
  cut->mode = g_rand_int_range (player->random, 0, POWER_CUT_N_MODES);
  cut->image = power_cut_take (cut->mode, player->random);
  cut->n_acknowledged = (guint) g_atomic_int_get (&player->n_acknowledged);
  g_ptr_array_add (player->cuts, cut);
  choose_next (player);
}

static ConcCommand *
make_command (Player *player, guint i)
{
  ConcClock *clock = conc_race_file_get_clock (player->fixture.file);

  switch (i % 4)
    {
    case 1:
      return conc_command_new_bib (CONC_COMMAND_BIB, clock, i + 1);
    case 3:
      return conc_command_new_bib (CONC_COMMAND_CROSS, clock, i + 1);
    default:
      return conc_command_new (CONC_COMMAND_TAP, clock);
    }
}

static void
submit (Player *player, ConcCommand *command)
{
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = conc_race_file_submit (player->fixture.file, command, &error);

  g_assert_no_error (error);
  g_ptr_array_add (player->facts, conc_fact_id_to_text (&receipt->fact));
  g_atomic_int_inc (&player->n_acknowledged);
}

static void
open_race (Player *player)
{
  g_autoptr (GError) error = NULL;

  player->fixture.file = conc_race_file_open (player->fixture.path, CONC_OPEN_WRITE,
                                              &player->fixture.clock.clock, &error);
  g_assert_no_error (error);
}

static void
close_race (Player *player)
{
  conc_race_file_close (player->fixture.file);
  g_clear_object (&player->fixture.file);
}

/* Records, while somebody sets the wall clock. */
static void
record (Player *player)
{
  open_race (player);
  choose_next (player);
  power_cut_watch (operation_cb, player);
  for (guint i = 0; i < COMMANDS; i++)
    {
      conc_fake_clock_advance (&player->fixture.clock, 700000);
      if (i == COMMANDS / 2)
        conc_fake_clock_set_wall (&player->fixture.clock,
                                  g_rand_int_range (player->random, -90, 90) * G_USEC_PER_SEC);
      submit (player, make_command (player, i));
    }
  power_cut_watch (NULL, NULL);
  close_race (player);
}

static gint64
ask (sqlite3 *db, const char *sql, const char *text)
{
  sqlite3_stmt *statement;
  gint64        answer;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (text != NULL)
    sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static gboolean
is_sound (sqlite3 *db)
{
  sqlite3_stmt *statement;
  gboolean      sound;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA quick_check (1)", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  sound = g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;
  sqlite3_finalize (statement);
  return sound;
}

/* The last that was acknowledged stands for those before it: the log has no gap. */
static void
look (Player *player, const Cut *cut)
{
  const char *last =
      cut->n_acknowledged > 0 ? g_ptr_array_index (player->facts, cut->n_acknowledged - 1) : NULL;
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (player->fixture.path, &db, SQLITE_OPEN_READWRITE, NULL), ==,
                   SQLITE_OK);
  g_assert_true (is_sound (db));
  g_assert_cmpint (ask (db, "SELECT max (seq) = count (*) FROM fact", NULL), ==, 1);
  if (last != NULL)
    g_assert_cmpint (ask (db,
                          "SELECT count (*) FROM fact JOIN station s ON s.n = station "
                          "WHERE s.id || '-' || seq = ?",
                          last),
                     ==, 1);
  g_assert_cmpint (ask (db, "SELECT count (*) FROM sync WHERE key = 'clock'", NULL), ==, 1);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
assert_tap_stands (Player *player, const char *fact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcTap) tap =
      conc_reader_get_tap (fixture_get_reader (&player->fixture), fact, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tap);
}

/* As the crew finds it when the power is back: all taps, the clock running, and verify content. */
static void
open_again (Player *player, const Cut *cut)
{
  g_autoptr (GPtrArray) sentences = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_facts;
  gint64 gone_usec = player->fixture.clock.boottime_usec - G_USEC_PER_SEC;

  open_race (player);
  g_assert_cmpint (conc_clock_get_wall_usec (conc_race_file_get_clock (player->fixture.file)), ==,
                   RACE_DAY_USEC + gone_usec);
  for (guint i = 0; i < cut->n_acknowledged; i++)
    if (i % 2 == 0 || i % 4 == 3)
      assert_tap_stands (player, g_ptr_array_index (player->facts, i));
  close_race (player);
  conc_verify (player->fixture.path, &sentences, &n_facts, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sentences->len, ==, 0);
  player->n_opened++;
}

static void
play (Player *player, PowerCutImage *beginning)
{
  g_ptr_array_set_size (player->facts, 0);
  g_ptr_array_set_size (player->cuts, 0);
  player->n_acknowledged = 0;
  power_cut_load (beginning);
  record (player);
  g_assert_cmpuint (player->cuts->len, >=, CUTS_A_RUN / 2);
  for (guint i = 0; i < player->cuts->len; i++)
    {
      const Cut *cut = g_ptr_array_index (player->cuts, i);

      power_cut_load (cut->image);
      look (player, cut);
      power_cut_load (cut->image);
      if (i % OPENED_EVERY == 0)
        open_again (player, cut);
    }
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_power_cut (void)
{
  Player player = { .random = g_rand_new_with_seed (SEED) };
  g_autoptr (GHashTable) beginning = NULL;
  guint n_cuts = 0;

  fixture_set_up (&player.fixture, NULL);
  player.facts = g_ptr_array_new_with_free_func (g_free);
  player.cuts = g_ptr_array_new_with_free_func (cut_free);
  submit (&player,
          conc_command_new (CONC_COMMAND_GUN, conc_race_file_get_clock (player.fixture.file)));
  close_race (&player);
  beginning = power_cut_take (POWER_CUT_NOTHING, player.random);
  for (guint run = 0; run < RUNS; run++)
    {
      play (&player, beginning);
      n_cuts += player.cuts->len;
    }
  g_test_message ("%u cuts, %u of them opened", n_cuts, player.n_opened);
  g_assert_cmpuint (n_cuts, >=, 500);
  remove_folder (player.fixture.folder);
  g_free (player.fixture.folder);
  g_free (player.fixture.path);
  g_ptr_array_unref (player.facts);
  g_ptr_array_unref (player.cuts);
  g_rand_free (player.random);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  power_cut_install ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/power-cut/what was acknowledged is there", test_power_cut);
  return g_test_run ();
}
