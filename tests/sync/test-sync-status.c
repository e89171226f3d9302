/* test-sync-status.c: how the exchange goes, in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/back-off.h"
#include "sync/worker.h"
#include "sync/status-private.h"

#include <locale.h>

#define SECOND G_USEC_PER_SEC
#define SELF "0000000000"
/* 2017-12-09 10:41:30 UTC */
#define AT_1041 (G_GINT64_CONSTANT (1512816090) * SECOND)

typedef struct
{
  const char   *name;
  ConcSyncState state;
  gint64        n_waiting;
  gint64        n_refused;
  gint64        heard_usec;
  const char   *problem;
  gint64        heard_ago[6]; /* of "Timing 1", "Timing 2"…, seconds; 0 ends, -1 never */
  const char   *text;
  const char   *short_text;
} Case;

static const Case cases[] = {
  { "alone", CONC_SYNC_ALONE, 0, 0, -1, NULL, { 0 }, "This laptop works alone.", "Alone." },
  { "alone with entries: nothing waits for anybody",
    CONC_SYNC_ALONE,
    7,
    0,
    -1,
    NULL,
    { 0 },
    "This laptop works alone.",
    "Alone." },
  { "connecting for the first time",
    CONC_SYNC_CONNECTING,
    0,
    0,
    -1,
    NULL,
    { 0 },
    "Working. The hub does not answer; what is entered here is kept and sent later.",
    "Looking for the hub." },
  { "the hub has gone",
    CONC_SYNC_CONNECTING,
    3,
    0,
    AT_1041,
    NULL,
    { 0 },
    "Working. The hub was last heard at 10:41; what is entered here is kept and sent later. "
    "3 entries not yet shared (since 10:41).",
    "No hub since 10:41. 3 not yet shared (since 10:41)." },
  { "working with one",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 2 },
    "Working. Timing 1 last heard 2 s ago.",
    "Sharing with 1 laptop." },
  { "waiting",
    CONC_SYNC_WORKING,
    1,
    0,
    AT_1041,
    NULL,
    { 2 },
    "Working. 1 entry not yet shared (since 10:41). Timing 1 last heard 2 s ago.",
    "Sharing with 1 laptop. 1 not yet shared (since 10:41)." },
  { "nobody else yet",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 0 },
    "Working.",
    "No other laptop yet." },
  { "one was never heard",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 1, -1 },
    "Working. Timing 1 last heard 1 s ago. Timing 2 was not heard yet.",
    "Timing 2 is not heard." },
  { "one is lost",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 1, 180 },
    "Working. Timing 1 last heard 1 s ago. Timing 2 last heard 3 min ago.",
    "Timing 2 is not heard." },
  { "lost for long, in hours",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 3 * 60 * 60 },
    "Working. Timing 1 last heard 3 h ago.",
    "Timing 1 is not heard." },
  { "many: those that are heard are a figure",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 1, 1, 1, 1, 1 },
    "Working. 5 other laptops are heard.",
    "Sharing with 5 laptops." },
  { "many: those that are missed have names",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 1, 1, 60, 1, 30 },
    "Working. 3 other laptops are heard. Timing 3 last heard 60 s ago. Timing 5 last heard 30 s "
    "ago.",
    "2 laptops are not heard." },
  { "many are missed",
    CONC_SYNC_WORKING,
    0,
    0,
    AT_1041,
    NULL,
    { 60, 60, 60, 60, 60 },
    "Working. Timing 1 last heard 60 s ago. Timing 2 last heard 60 s ago. Timing 3 last heard "
    "60 s ago. 2 more are not heard.",
    "5 laptops are not heard." },
  { "refused",
    CONC_SYNC_REFUSED,
    2,
    0,
    AT_1041,
    "An organizer took its right.",
    { 0 },
    "Working, but the hub refuses this laptop: An organizer took its right. "
    "2 entries not yet shared (since 10:41).",
    "The hub refuses this laptop. 2 not yet shared (since 10:41)." },
  { "an entry is refused",
    CONC_SYNC_WORKING,
    0,
    1,
    AT_1041,
    NULL,
    { 1 },
    "Working. 1 entry was refused by the hub; it is kept here. Timing 1 last heard 1 s ago.",
    "Sharing with 1 laptop." },
};

static ConcSyncStatus *
make_status (const Case *c)
{
  ConcSyncStatus *status = conc_sync_status_new ();

  status->state = c->state;
  status->n_waiting = c->n_waiting;
  status->waiting_since_usec = c->n_waiting > 0 ? AT_1041 : -1;
  status->n_refused = c->n_refused;
  status->heard_usec = c->heard_usec;
  status->problem = g_strdup (c->problem);
  g_ptr_array_add (status->peers, conc_peer_new (SELF, "This one", "organizer", NULL, 0));
  for (guint i = 0; c->heard_ago[i] != 0; i++)
    {
      g_autofree char *id = g_strdup_printf ("111111111%u", i);
      g_autofree char *name = g_strdup_printf ("Timing %u", i + 1);

      g_ptr_array_add (status->peers,
                       conc_peer_new (id, name, "timing", NULL,
                                      c->heard_ago[i] > 0 ? c->heard_ago[i] * SECOND : -1));
    }
  return status;
}

static void
test_words (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (ConcSyncStatus) status = make_status (c);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = conc_sync_status_to_text (status, SELF, utc);
  g_autofree char *short_text = conc_sync_status_to_short_text (status, SELF, utc);

  g_assert_cmpstr (text, ==, c->text);
  g_assert_cmpstr (short_text, ==, c->short_text);
}

static void
test_newer (void)
{
  g_autoptr (ConcSyncStatus) status = conc_sync_status_new ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = NULL;

  status->state = CONC_SYNC_WORKING;
  status->n_newer = 2;
  text = conc_sync_status_to_text (status, SELF, utc);
  g_assert_cmpstr (text, ==,
                   "Working. 2 entries are of a newer version of Concourse and not shown here; the "
                   "hub keeps them. Update Concourse on this laptop.");
}

static void
test_back_off (void)
{
  static const guint steps[] = { 250, 500, 1000, 2000, 4000, 4000, 4000 };
  guint              n_alike = 0;
  g_autoptr (GRand) one = g_rand_new_with_seed (1);
  g_autoptr (GRand) other = g_rand_new_with_seed (2);
  guint step = CONC_BACK_OFF_FIRST_MSEC, step_of_other = CONC_BACK_OFF_FIRST_MSEC;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      guint wait_msec;

      g_assert_cmpuint (step, ==, steps[i]);
      wait_msec = conc_back_off_next (&step, one);
      g_assert_cmpuint (wait_msec, >=, steps[i] / 2);
      g_assert_cmpuint (wait_msec, <, steps[i] / 2 * 3);
      n_alike += wait_msec == conc_back_off_next (&step_of_other, other) ? 1 : 0;
    }
  g_assert_cmpuint (n_alike, <, 2);
}

static void
test_copy (void)
{
  g_autoptr (ConcSyncStatus) status = make_status (&cases[8]);
  g_autoptr (ConcSyncStatus) copy = conc_sync_status_copy (status);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *text = NULL;

  g_ptr_array_set_size (status->peers, 0);
  text = conc_sync_status_to_text (copy, SELF, utc);
  g_assert_cmpstr (text, ==, cases[8].text);
  g_assert_true (conc_sync_status_has_silent (copy, SELF));
  g_assert_false (conc_sync_status_has_silent (status, SELF));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/status/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_words);
    }
  g_test_add_func ("/status/entries of a newer version", test_newer);
  g_test_add_func ("/status/stations do not come back at once", test_back_off);
  g_test_add_func ("/status/a copy has peers of its own", test_copy);
  return g_test_run ();
}
