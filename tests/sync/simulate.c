/* simulate.c: five stations work apart for half an hour and come together again, once a seed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cards.h"
#include "store/identity.h"
#include "store/maintain.h"
#include "store/reader-desk.h"
#include "store/reader-sync.h"
#include "sync/worker.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MINUTES 30
#define SKEW_SECONDS 90
#define ROUNDS_MAX 8
#define N_OF_EACH 20       /* runners of each of the two timing stations */
#define FIRST_PLANTED 41   /* runners 41 to 50 are for planted conflicts */
#define FIRST_WITHOUT 51   /* runners 51 to 60 have no bib */
#define FIRST_FREE_BIB 900 /* nobody has these */

enum
{
  ORGANIZER_1,
  ORGANIZER_2,
  CHECK_IN,
  TIMING_1,
  TIMING_2,
  N_STATIONS
};

/* The first three write about people. */
#define N_DESKS 3

typedef struct
{
  char         *path;
  char         *template_path;
  ConcFakeClock clock;
  ConcRaceFile *file;
  ConcFactId    own_tap;
  GPtrArray    *acknowledged; /* names of facts */
  ConcExchanged exchanged;
  guint         wait_msec;
  char         *failure;
} Station;

typedef struct
{
  GRand     *random;
  guint      seed;
  gint64     begin_usec;
  Station    stations[N_STATIONS];
  GPtrArray *runners;  /* element-type ConcRunner, in the order of their registration */
  GPtrArray *taps;     /* element-type ConcTap: known to all before they part */
  GArray    *deeds;    /* element-type Deed */
  GPtrArray *planted;  /* element-type utf8: KIND SUBJECT */
  GPtrArray *problems; /* element-type utf8 */
  guint      n_rounds;
} Play;

typedef struct _Deed Deed;
typedef ConcCommand *(*ActFunc) (Play *play, Station *station, const Deed *deed);

/* What somebody does at a station; what @a and @b are is up to @act. */
struct _Deed
{
  gint64  after_usec;
  guint   station;
  ActFunc act;
  guint   a;
  guint   b;
};

G_GNUC_PRINTF (2, 3)
static void
note (Play *play, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (play->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static guint
pick (Play *play, guint n)
{
  return (guint) g_rand_int_range (play->random, 0, (int) n);
}

static const char *
get_id (Play *play, guint number)
{
  return conc_runner_get_id (g_ptr_array_index (play->runners, number - 1));
}

static ConcClock *
clock_of (Station *station)
{
  return &station->clock.clock;
}

/* -------------------------------------------------------------------------- deeds */

static ConcCommand *
edit (Play *play, Station *station, guint number, ConcField field, const char *text)
{
  g_autoptr (ConcRunner) seen = conc_reader_get_runner (conc_race_file_get_reader (station->file),
                                                        get_id (play, number), NULL);
  g_autoptr (ConcRunner) wanted = conc_runner_copy (seen);

  conc_runner_set (wanted, field, text);
  return conc_command_new_edit (clock_of (station), seen, wanted);
}

/* @a: the runner, @b: the field. Nobody writes the same twice. */
static ConcCommand *
act_edit (Play *play, Station *station, const Deed *deed)
{
  g_autofree char *text = g_strdup_printf ("Entry %u", g_rand_int (play->random));

  return edit (play, station, deed->a, (ConcField) deed->b, text);
}

/* @a: the runner, @b: the bib. */
static ConcCommand *
act_bib (Play *play, Station *station, const Deed *deed)
{
  g_autofree char *text = g_strdup_printf ("%u", deed->b);

  return edit (play, station, deed->a, CONC_FIELD_BIB, text);
}

static ConcCommand *
about_runner (Play *play, Station *station, ConcCommandKind kind, guint number)
{
  ConcCommand *command = conc_command_new (kind, clock_of (station));

  command->runner_id = g_strdup (get_id (play, number));
  return command;
}

static ConcCommand *
act_check_in (Play *play, Station *station, const Deed *deed)
{
  return about_runner (play, station, CONC_COMMAND_CHECK_IN, deed->a);
}

/* Checks in, or out whoever is in. */
static ConcCommand *
act_check_over (Play *play, Station *station, const Deed *deed)
{
  g_autoptr (ConcRunner) runner = conc_reader_get_runner (conc_race_file_get_reader (station->file),
                                                          get_id (play, deed->a), NULL);

  return about_runner (play, station,
                       conc_runner_get_checked_in (runner) ? CONC_COMMAND_CHECK_OUT
                                                           : CONC_COMMAND_CHECK_IN,
                       deed->a);
}

static ConcCommand *
act_remove (Play *play, Station *station, const Deed *deed)
{
  return about_runner (play, station, CONC_COMMAND_REMOVE_RUNNER, deed->a);
}

/* @a: which person. */
static ConcCommand *
act_walk_up (Play *play, Station *station, const Deed *deed)
{
  ConcCommand     *command = conc_command_new (CONC_COMMAND_REGISTER, clock_of (station));
  g_autofree char *name = g_strdup_printf ("Comer%u", deed->a);

  command->runner = conc_runner_new (NULL);
  conc_runner_set (command->runner, CONC_FIELD_GIVEN_NAME, "Late");
  conc_runner_set (command->runner, CONC_FIELD_FAMILY_NAME, name);
  conc_runner_set (command->runner, CONC_FIELD_BIRTH_DATE, "1990-05-05");
  return command;
}

static ConcCommand *
act_gift (Play *play, Station *station, const Deed *deed)
{
  ConcCommand *command = conc_command_new (CONC_COMMAND_GIFT, clock_of (station));

  command->gift = conc_gift_new ();
  command->gift->amount_cents = 100 * (1 + pick (play, 500));
  command->gift->from = g_strdup ("Dag Berg");
  command->gift->is_anonymous = pick (play, 2) == 0;
  command->gift->at_usec = command->at_usec;
  return command;
}

/* @a: the runner, @b: dollars. */
static ConcCommand *
act_pay (Play *play, Station *station, const Deed *deed)
{
  return conc_command_new_fee (clock_of (station), get_id (play, deed->a), deed->b * 100,
                               CONC_METHOD_CASH);
}

static ConcCommand *
act_sign (Play *play, Station *station, const Deed *deed)
{
  return conc_command_new_waiver (clock_of (station), get_id (play, deed->a), "screen",
                                  "Somebody's parent", "10,20 30,40;50,60 70,80");
}

/* Deferred, or expected again. */
static ConcCommand *
act_defer_over (Play *play, Station *station, const Deed *deed)
{
  g_autoptr (ConcRunner) runner = conc_reader_get_runner (conc_race_file_get_reader (station->file),
                                                          get_id (play, deed->a), NULL);
  gboolean is_expected = conc_runner_get (runner, CONC_FIELD_ATTENDANCE) == NULL;

  return conc_command_new_attendance (clock_of (station), get_id (play, deed->a),
                                      is_expected ? CONC_ATTENDANCE_DEFERRED : "");
}

/* @b: which person runs instead. */
static ConcCommand *
act_transfer (Play *play, Station *station, const Deed *deed)
{
  g_autoptr (ConcRunner) person = conc_runner_new (NULL);

  conc_runner_take (person, CONC_FIELD_GIVEN_NAME, g_strdup_printf ("Instead%u", deed->b));
  return conc_command_new_transfer (clock_of (station), get_id (play, deed->a), person);
}

/* A label is queued. */
static ConcCommand *
act_print (Play *play, Station *station, const Deed *deed)
{
  g_autoptr (GPtrArray) prints = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_print_free);
  ConcPrint *print = conc_print_new ();

  print->runner_id = g_strdup (get_id (play, deed->a));
  print->layout = g_strdup ("bib-label");
  print->content = g_strdup ("cafe");
  g_ptr_array_add (prints, print);
  return conc_command_new_prints (CONC_COMMAND_PRINT, clock_of (station), prints);
}

/* It came out, or not; of the last one of the runner. */
static ConcCommand *
act_printed (Play *play, Station *station, const Deed *deed)
{
  g_autoptr (GPtrArray) prints =
      conc_reader_get_prints_of (conc_race_file_get_reader (station->file), get_id (play, deed->a),
                                 NULL);

  if (prints->len == 0)
    return NULL;
  g_ptr_array_remove_range (prints, 0, prints->len - 1);
  ((ConcPrint *) g_ptr_array_index (prints, 0))->state = (ConcPrintState) deed->b;
  return conc_command_new_prints (CONC_COMMAND_PRINT_STATE, clock_of (station), prints);
}

/* @b: the bib that the runner is given. */
static ConcCommand *
act_check_in_with_bib (Play *play, Station *station, const Deed *deed)
{
  return conc_command_new_check_in (clock_of (station), get_id (play, deed->a), deed->b);
}

/* @a: thousands of dollars. */
static ConcCommand *
act_setting (Play *play, Station *station, const Deed *deed)
{
  g_autofree char *text = g_strdup_printf ("%u", deed->a * 1000);

  return conc_command_new_setting (clock_of (station), CONC_SETTING_GOAL, text);
}

static ConcCommand *
act_gun (Play *play, Station *station, const Deed *deed)
{
  return conc_command_new (CONC_COMMAND_GUN, clock_of (station));
}

static ConcCommand *
act_start (Play *play, Station *station, const Deed *deed)
{
  return conc_command_new_bib (CONC_COMMAND_START, clock_of (station), deed->a);
}

static ConcCommand *
act_cross (Play *play, Station *station, const Deed *deed)
{
  return conc_command_new_bib (CONC_COMMAND_CROSS, clock_of (station), deed->a);
}

static ConcCommand *
act_tap (Play *play, Station *station, const Deed *deed)
{
  return conc_command_new (CONC_COMMAND_TAP, clock_of (station));
}

/* @a: one of the taps that all know, @b: the bib. */
static ConcCommand *
act_link (Play *play, Station *station, const Deed *deed)
{
  ConcCommand   *command = conc_command_new_bib (CONC_COMMAND_LINK, clock_of (station), deed->b);
  const ConcTap *tap = g_ptr_array_index (play->taps, deed->a);

  conc_fact_id_parse (tap->fact, &command->target);
  return command;
}

/* @a: the bib of the last tap of this station. */
static ConcCommand *
act_link_own (Play *play, Station *station, const Deed *deed)
{
  ConcCommand *command;

  if (!conc_fact_id_is_set (&station->own_tap))
    return NULL;
  command = conc_command_new_bib (CONC_COMMAND_LINK, clock_of (station), deed->a);
  command->target = station->own_tap;
  return command;
}

static ConcCommand *
act_undo_own (Play *play, Station *station, const Deed *deed)
{
  ConcCommand *command;

  if (!conc_fact_id_is_set (&station->own_tap))
    return NULL;
  command = conc_command_new_undo (clock_of (station), &station->own_tap);
  memset (&station->own_tap, 0, sizeof station->own_tap);
  return command;
}

/* ------------------------------------------------------------------------ the plan */

static void
add_deed (Play *play, guint station, ActFunc act, guint a, guint b)
{
  Deed deed = { pick (play, MINUTES * 60 * 1000) * G_GINT64_CONSTANT (1000), station, act, a, b };

  g_array_append_val (play->deeds, deed);
}

/* Each desk has runners that no other touches, so nothing of this is a conflict. */
static void
plan_desk (Play *play, guint desk)
{
  static const ConcField fields[] = { CONC_FIELD_CITY, CONC_FIELD_SHIRT, CONC_FIELD_PHONE,
                                      CONC_FIELD_NOTE };

  for (guint number = 1 + desk; number < FIRST_PLANTED; number += N_DESKS)
    switch (pick (play, 11))
      {
      case 0:
        for (guint i = 1 + pick (play, 3); i > 0; i--)
          add_deed (play, desk, act_check_over, number, 0);
        break;
      case 1:
        add_deed (play, desk, act_remove, number, 0);
        break;
      case 2:
        add_deed (play, desk, act_gift, 0, 0);
        break;
      case 3:
        add_deed (play, desk, act_edit, number, fields[pick (play, G_N_ELEMENTS (fields))]);
        add_deed (play, desk, act_edit, number, fields[pick (play, G_N_ELEMENTS (fields))]);
        break;
      case 4:
        for (guint i = pick (play, 3); i > 0; i--)
          add_deed (play, desk, act_pay, number, 5 + i);
        add_deed (play, desk, act_sign, number, 0);
        break;
      case 5:
        for (guint i = 1 + pick (play, 3); i > 0; i--)
          add_deed (play, desk, act_defer_over, number, 0);
        break;
      case 6:
        for (guint i = 1 + pick (play, 3); i > 0; i--)
          add_deed (play, desk, act_print, number, 0);
        for (guint i = pick (play, 4); i > 0; i--)
          add_deed (play, desk, act_printed, number, pick (play, CONC_N_PRINT_STATES));
        break;
      case 7:
        add_deed (play, desk, act_transfer, number, number);
        break;
      default:
        add_deed (play, desk, act_check_in, number, 0);
        break;
      }
  for (guint i = pick (play, 3); i > 0; i--)
    add_deed (play, desk, act_walk_up, 100 + desk * 10 + i, 0);
}

static void
plan_timing (Play *play, guint station, guint first_bib)
{
  for (guint i = 0; i < N_OF_EACH; i++)
    {
      static const ActFunc acts[] = { act_cross, act_cross,    act_tap,
                                      act_tap,   act_link_own, act_undo_own };

      add_deed (play, station, acts[pick (play, G_N_ELEMENTS (acts))], first_bib + i, 0);
      if (pick (play, 4) == 0)
        add_deed (play, station, act_start, first_bib + i, 0);
    }
}

G_GNUC_PRINTF (2, 3)
static void
plant (Play *play, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (play->planted, g_strdup_vprintf (format, args));
  va_end (args);
}

/* Two different desks. */
static void
choose_desks (Play *play, guint *one, guint *other)
{
  *one = pick (play, N_DESKS);
  *other = (*one + 1 + pick (play, N_DESKS - 1)) % N_DESKS;
}

static void
plant_about_people (Play *play)
{
  static const ConcField fields[] = { CONC_FIELD_CITY, CONC_FIELD_TEAM, CONC_FIELD_NOTE };
  guint                  one, other;

  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      ConcField field = fields[pick (play, G_N_ELEMENTS (fields))];

      add_deed (play, one, act_edit, FIRST_PLANTED, field);
      add_deed (play, other, act_edit, FIRST_PLANTED, field);
      plant (play, "field %s", get_id (play, FIRST_PLANTED));
    }
  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, act_check_in, FIRST_PLANTED + 1, 0);
      add_deed (play, other, act_check_in, FIRST_PLANTED + 1, 0);
      plant (play, "check-in %s", get_id (play, FIRST_PLANTED + 1));
    }
  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, pick (play, 2) == 0 ? act_check_in : act_edit, FIRST_PLANTED + 2,
                CONC_FIELD_CITY);
      add_deed (play, other, act_remove, FIRST_PLANTED + 2, 0);
      plant (play, "removed %s", get_id (play, FIRST_PLANTED + 2));
    }
  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      /* The two get their ids when they are registered. */
      add_deed (play, one, act_walk_up, 1, 0);
      add_deed (play, other, act_walk_up, 1, 0);
      plant (play, "walk-up same");
    }
}

static void
plant_about_places (Play *play)
{
  guint one, other;

  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, act_pay, FIRST_PLANTED + 6, 20);
      add_deed (play, other, act_pay, FIRST_PLANTED + 6, 25);
      plant (play, "fee fee:%s", get_id (play, FIRST_PLANTED + 6));
    }
  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, act_check_in, FIRST_PLANTED + 7, 0);
      add_deed (play, other, act_defer_over, FIRST_PLANTED + 7, 0);
      plant (play, "attendance %s", get_id (play, FIRST_PLANTED + 7));
    }
  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, act_transfer, FIRST_WITHOUT + 3, 1001);
      add_deed (play, other, act_transfer, FIRST_WITHOUT + 3, 1002);
      plant (play, "transfer %s", get_id (play, FIRST_WITHOUT + 3));
    }
}

static void
plant_about_bibs (Play *play)
{
  guint one, other;

  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, act_bib, FIRST_WITHOUT, FIRST_FREE_BIB);
      add_deed (play, other, act_bib, FIRST_WITHOUT + 1, FIRST_FREE_BIB);
      plant (play, "bib bib:%u", FIRST_FREE_BIB);
    }
  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, act_bib, FIRST_WITHOUT + 2, FIRST_FREE_BIB + 1);
      add_deed (play, other, act_bib, FIRST_WITHOUT + 2, FIRST_FREE_BIB + 2);
      plant (play, "two-bibs %s", get_id (play, FIRST_WITHOUT + 2));
    }
  choose_desks (play, &one, &other);
  if (pick (play, 2) == 0)
    {
      add_deed (play, one, act_check_in_with_bib, FIRST_WITHOUT + 4, FIRST_FREE_BIB + 3);
      add_deed (play, other, act_check_in_with_bib, FIRST_WITHOUT + 4, FIRST_FREE_BIB + 4);
      plant (play, "two-bibs %s", get_id (play, FIRST_WITHOUT + 4));
    }
}

static void
plant_about_times (Play *play)
{
  if (pick (play, 2) == 0)
    {
      add_deed (play, TIMING_1, act_gun, 0, 0);
      add_deed (play, pick (play, 2) == 0 ? TIMING_2 : ORGANIZER_1, act_gun, 0, 0);
      plant (play, "gun gun:");
    }
  if (pick (play, 2) == 0)
    {
      add_deed (play, TIMING_1, act_start, FIRST_PLANTED + 3, 0);
      add_deed (play, TIMING_2, act_start, FIRST_PLANTED + 3, 0);
      plant (play, "start start:%u", FIRST_PLANTED + 3);
    }
  if (pick (play, 2) == 0)
    {
      guint index = pick (play, play->taps->len);

      add_deed (play, TIMING_1, act_link, index, FIRST_PLANTED + 4);
      add_deed (play, TIMING_2, act_link, index, FIRST_PLANTED + 5);
      plant (play, "tap %s", ((ConcTap *) g_ptr_array_index (play->taps, index))->fact);
    }
  if (pick (play, 2) == 0)
    {
      add_deed (play, ORGANIZER_1, act_setting, 10 + pick (play, 10), 0);
      add_deed (play, ORGANIZER_2, act_setting, 30 + pick (play, 10), 0);
      plant (play, "setting setting:goal");
    }
}

static int
compare_deeds_cb (gconstpointer a, gconstpointer b)
{
  const Deed *one = a, *other = b;

  return (one->after_usec > other->after_usec) - (one->after_usec < other->after_usec);
}

static void
plan (Play *play)
{
  for (guint desk = 0; desk < N_DESKS; desk++)
    plan_desk (play, desk);
  plan_timing (play, TIMING_1, 1);
  plan_timing (play, TIMING_2, 1 + N_OF_EACH);
  plant_about_people (play);
  plant_about_places (play);
  plant_about_bibs (play);
  plant_about_times (play);
  g_array_sort (play->deeds, compare_deeds_cb);
}

/* ------------------------------------------------------------------------- playing */

static void
acknowledge (Station *station, ConcCommandKind kind, const ConcReceipt *receipt)
{
  if (!conc_fact_id_is_set (&receipt->fact))
    return;
  g_ptr_array_add (station->acknowledged, conc_fact_id_to_text (&receipt->fact));
  if (kind == CONC_COMMAND_TAP)
    station->own_tap = receipt->fact;
}

static void
submit (Play *play, Station *station, ConcCommand *command)
{
  g_autoptr (GError) error = NULL;
  ConcReceipt *receipt = conc_race_file_submit (station->file, command, &error);

  if (receipt == NULL)
    note (play, "refused: %s", error->message);
  else
    acknowledge (station, command->kind, receipt);
  g_clear_pointer (&receipt, conc_receipt_free);
}

static void
play_deeds (Play *play)
{
  for (guint i = 0; i < play->deeds->len; i++)
    {
      const Deed *deed = &g_array_index (play->deeds, Deed, i);
      Station    *station = &play->stations[deed->station];
      g_autoptr (ConcCommand) command = NULL;
      gint64 now_usec = play->begin_usec + deed->after_usec;

      conc_fake_clock_advance (&station->clock, MAX (now_usec - station->clock.monotonic_usec, 0));
      command = deed->act (play, station, deed);
      if (command != NULL)
        submit (play, station, command);
    }
}

static gpointer
exchange_main (gpointer data)
{
  Station *station = data;
  g_autoptr (GError) error = NULL;

  g_usleep (station->wait_msec * 1000);
  if (!conc_sync_once (station->file, NULL, &station->exchanged, &error))
    station->failure = g_strdup (error->message);
  return NULL;
}

/* All at once, in an order that chance makes; whether anything went or came. */
static gboolean
exchange_all (Play *play)
{
  GThread *threads[N_STATIONS];
  gint64   n = 0;

  for (guint i = 0; i < N_STATIONS; i++)
    {
      Station *station = &play->stations[i];

      station->exchanged = (ConcExchanged){ 0 };
      station->wait_msec = pick (play, 20);
      threads[i] = g_thread_new ("station", exchange_main, station);
    }
  for (guint i = 0; i < N_STATIONS; i++)
    {
      Station *station = &play->stations[i];

      g_thread_join (threads[i]);
      n += station->exchanged.n_sent + station->exchanged.n_received;
      if (station->failure != NULL)
        note (play, "station %u: %s", i, station->failure);
      g_clear_pointer (&station->failure, g_free);
    }
  return n > 0;
}

static void
come_together (Play *play)
{
  guint n = 0;

  while (n++ < ROUNDS_MAX && exchange_all (play) && play->problems->len == 0)
    ;
  if (n > ROUNDS_MAX)
    note (play, "after %d rounds there is still something to send", ROUNDS_MAX);
  play->n_rounds += n;
}

/* ------------------------------------------------------------------------- looking */

static void
check_digests (Play *play)
{
  g_autofree char *public_digest = NULL;
  g_autofree char *digest = NULL;

  for (guint i = 0; i < N_STATIONS; i++)
    {
      Station *station = &play->stations[i];
      g_autoptr (GPtrArray) sentences = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *own = NULL;
      g_autofree char *own_public = conc_digest_public (station->path, NULL);
      gint64           n_facts;

      if (!conc_verify (station->path, &sentences, &n_facts, &own, &error))
        note (play, "station %u: %s", i, error->message);
      for (guint n = 0; sentences != NULL && n < sentences->len; n++)
        note (play, "station %u: %s", i, (const char *) g_ptr_array_index (sentences, n));
      if (i < ORGANIZER_2 + 1 && digest != NULL && g_strcmp0 (digest, own) != 0)
        note (play, "station %u has another digest", i);
      if (public_digest != NULL && g_strcmp0 (public_digest, own_public) != 0)
        note (play, "station %u has another public digest", i);
      if (i == ORGANIZER_1)
        {
          digest = g_steal_pointer (&own);
          public_digest = g_steal_pointer (&own_public);
        }
    }
}

static GPtrArray *
list_own (Station *station, const char *name)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *facts = conc_reader_list_facts_of (conc_race_file_get_reader (station->file), name, 0,
                                                100000, &error);

  g_assert_no_error (error);
  return facts;
}

static gboolean
has_fact (GPtrArray *facts, const char *name)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const ConcFact  *fact = g_ptr_array_index (facts, i);
      g_autofree char *own = conc_fact_id_to_text (&fact->id);

      if (strcmp (own, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whatever a station said is recorded is at both organizers, word for word. */
static void
check_nothing_lost (Play *play)
{
  for (guint i = 0; i < N_STATIONS; i++)
    {
      Station    *station = &play->stations[i];
      const char *name = conc_race_file_get_station (station->file);
      g_autoptr (GPtrArray) own = list_own (station, name);

      for (guint n = 0; n < station->acknowledged->len; n++)
        if (!has_fact (own, g_ptr_array_index (station->acknowledged, n)))
          note (play, "station %u has lost a fact of its own", i);
      for (guint o = ORGANIZER_1; o <= ORGANIZER_2; o++)
        {
          g_autoptr (GPtrArray) there = list_own (&play->stations[o], name);

          if (own->len != there->len)
            note (play, "of station %u %u facts are at organizer %u, not %u", i, there->len, o,
                  own->len);
          for (guint n = 0; n < MIN (own->len, there->len); n++)
            if (!conc_fact_equal (g_ptr_array_index (own, n), g_ptr_array_index (there, n)))
              note (play, "fact %u of station %u is another at organizer %u", n, i, o);
        }
    }
}

static gboolean
may_settle (guint station, ConcCardKind kind)
{
  gboolean is_time = kind == CONC_CARD_GUN || kind == CONC_CARD_START || kind == CONC_CARD_TAP;

  if (station <= ORGANIZER_2)
    return TRUE;
  return station == CHECK_IN ? !is_time && kind != CONC_CARD_SETTING : is_time;
}

static int
compare_texts_cb (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *texts)
{
  GString *joined = g_string_new (NULL);

  g_ptr_array_sort (texts, compare_texts_cb);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (texts, i));
  return g_string_free (joined, FALSE);
}

/* "KIND SUBJECT"; two people who may be one are "walk-up same". */
static char *
describe_card (const ConcCard *card)
{
  g_auto (GStrv) parts = g_strsplit (card->id, "/", 2);

  if (card->kind == CONC_CARD_WALK_UP)
    return g_strdup ("walk-up same");
  return g_strdup_printf ("%s %s", conc_card_kind_to_text (card->kind), parts[0]);
}

static GPtrArray *
list_cards (Play *play, guint station)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  GPtrArray *cards =
      conc_reader_list_cards (conc_race_file_get_reader (play->stations[station].file), zone,
                              &error);

  g_assert_no_error (error);
  return cards;
}

static gboolean
is_about (const char *planted, guint station)
{
  for (ConcCardKind kind = 0; kind < CONC_N_CARD_KINDS; kind++)
    {
      g_autofree char *prefix = g_strconcat (conc_card_kind_to_text (kind), " ", NULL);

      if (g_str_has_prefix (planted, prefix))
        return may_settle (station, kind);
    }
  return FALSE;
}

/* Every planted conflict is on the desk of those who may settle it, and none other. */
static void
check_cards (Play *play)
{
  for (guint i = 0; i < N_STATIONS; i++)
    {
      g_autoptr (GPtrArray) cards = list_cards (play, i);
      g_autoptr (GPtrArray) got = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
      g_autofree char *got_text = NULL;
      g_autofree char *wanted_text = NULL;

      for (guint n = 0; n < cards->len; n++)
        g_ptr_array_add (got, describe_card (g_ptr_array_index (cards, n)));
      for (guint n = 0; n < play->planted->len; n++)
        if (is_about (g_ptr_array_index (play->planted, n), i))
          g_ptr_array_add (wanted, g_ptr_array_index (play->planted, n));
      got_text = join_sorted (got);
      wanted_text = join_sorted (wanted);
      if (strcmp (got_text, wanted_text) != 0)
        note (play, "station %u: cards: %s; planted: %s", i, got_text, wanted_text);
    }
}

/* Somebody decides each, anyhow; then nothing is open anywhere. */
static void
settle_all (Play *play)
{
  Station *station = &play->stations[pick (play, 2) == 0 ? ORGANIZER_1 : ORGANIZER_2];
  g_autoptr (GPtrArray) cards = list_cards (play, (guint) (station - play->stations));

  for (guint i = 0; i < cards->len; i++)
    {
      const ConcCard   *card = g_ptr_array_index (cards, i);
      const ConcChoice *choice = g_ptr_array_index (card->choices, pick (play, card->choices->len));
      g_autoptr (ConcCommand) command =
          conc_command_new_settle (clock_of (station), card->id, choice->id);

      submit (play, station, command);
    }
  g_ptr_array_set_size (play->planted, 0);
}

/* ----------------------------------------------------------------- before and after */

/* The content of the template in the same file, so that it is not taken for a copy. Some file
 * systems wait for the disk when a file is emptied first. */
static void
restore (Station *station)
{
  g_autofree char *content = NULL;
  gsize            length;
  FILE            *stream;

  for (const char *const *end = (const char *const[]){ "-wal", "-shm", NULL }; *end != NULL; end++)
    {
      g_autofree char *path = g_strconcat (station->path, *end, NULL);

      g_unlink (path);
    }
  g_assert_true (g_file_get_contents (station->template_path, &content, &length, NULL));
  stream = fopen (station->path, "r+");
  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (content, 1, length, stream), ==, length);
  g_assert_cmpint (fflush (stream), ==, 0);
  g_assert_cmpint (ftruncate (fileno (stream), (off_t) length), ==, 0);
  g_assert_cmpint (fclose (stream), ==, 0);
}

/* In simulated time, from the real time on: what is known from before is not in the future. Each
 * station has a clock that is wrong in its own way. */
static void
open_station (Play *play, Station *station)
{
  g_autoptr (GError) error = NULL;
  gint64 skew_usec = (g_rand_int_range (play->random, -SKEW_SECONDS * 1000, SKEW_SECONDS * 1000)) *
                     G_GINT64_CONSTANT (1000);

  restore (station);
  conc_fake_clock_init (&station->clock, play->begin_usec + skew_usec);
  station->clock.monotonic_usec = play->begin_usec;
  memset (&station->own_tap, 0, sizeof station->own_tap);
  g_ptr_array_set_size (station->acknowledged, 0);
  station->file =
      conc_race_file_open (station->path, CONC_OPEN_WRITE, &station->clock.clock, &error);
  g_assert_no_error (error);
}

static int
compare_runners_cb (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (conc_runner_get (*(ConcRunner *const *) a, CONC_FIELD_REGISTRATION_ID),
                    conc_runner_get (*(ConcRunner *const *) b, CONC_FIELD_REGISTRATION_ID));
}

static void
begin (Play *play, guint seed)
{
  ConcReader *reader;

  play->seed = seed;
  play->random = g_rand_new_with_seed (seed);
  play->begin_usec = g_get_real_time ();
  play->n_rounds = 0;
  for (guint i = 0; i < N_STATIONS; i++)
    open_station (play, &play->stations[i]);
  reader = conc_race_file_get_reader (play->stations[ORGANIZER_1].file);
  play->runners = conc_reader_list_runners (reader, NULL);
  g_ptr_array_sort (play->runners, compare_runners_cb);
  play->taps = conc_reader_list_taps (reader, 0, NULL);
  play->deeds = g_array_new (FALSE, FALSE, sizeof (Deed));
  play->planted = g_ptr_array_new_with_free_func (g_free);
  play->problems = g_ptr_array_new_with_free_func (g_free);
}

static void
end (Play *play)
{
  for (guint i = 0; i < N_STATIONS; i++)
    {
      conc_race_file_close (play->stations[i].file);
      g_clear_object (&play->stations[i].file);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_ptr_array_unref (play->runners);
  g_ptr_array_unref (play->taps);
  g_array_unref (play->deeds);
  g_ptr_array_unref (play->planted);
  g_ptr_array_unref (play->problems);
  g_rand_free (play->random);
}

/* "SEED DEEDS PLANTED ROUNDS" and then what is wrong, a line each, and a full stop. */
static void
tell (Play *play, guint n_planted)
{
  printf ("%u %u %u %u\n", play->seed, play->deeds->len, n_planted, play->n_rounds);
  for (guint i = 0; i < play->problems->len; i++)
    printf ("%s\n", (const char *) g_ptr_array_index (play->problems, i));
  printf (".\n");
  fflush (stdout);
}

static void
check_all (Play *play)
{
  check_digests (play);
  check_nothing_lost (play);
  check_cards (play);
}

static void
run (Play *play, guint seed, gboolean is_settled)
{
  guint n_planted;

  begin (play, seed);
  plan (play);
  n_planted = play->planted->len;
  play_deeds (play);
  if (play->problems->len == 0)
    come_together (play);
  check_all (play);
  if (is_settled && play->problems->len == 0)
    {
      settle_all (play);
      come_together (play);
      check_all (play);
    }
  tell (play, n_planted);
  end (play);
}

/* A seed a line on standard input, with "settle" behind it when all cards are to be settled. The
 * arguments are the race file of each station and beside it the state in which it begins. */
int
main (int argc, char **argv)
{
  static Play play;
  char        line[64];

  g_assert_cmpint (argc, ==, 1 + N_STATIONS);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      play.stations[i].path = g_strdup (argv[i + 1]);
      play.stations[i].template_path = g_strconcat (argv[i + 1], ".begin", NULL);
      play.stations[i].acknowledged = g_ptr_array_new_with_free_func (g_free);
    }
  while (fgets (line, sizeof line, stdin) != NULL)
    run (&play, (guint) g_ascii_strtoull (line, NULL, 10), strstr (line, "settle") != NULL);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      g_free (play.stations[i].path);
      g_free (play.stations[i].template_path);
      g_ptr_array_unref (play.stations[i].acknowledged);
    }
  return 0;
}
