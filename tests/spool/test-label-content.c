/* test-label-content.c: whatever is on a label changes its hash, and so does the key. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/label-content.h"
#include "spool/print-order.h"
#include "spool/printers.h"

#include <locale.h>
#include <string.h>

static GBytes *
make_key (guint8 first)
{
  guint8 bytes[32] = { first };

  return g_bytes_new (bytes, sizeof bytes);
}

static char *
hash (const ConcLabel *label)
{
  g_autoptr (GBytes) key = make_key (1);

  return conc_label_content (label, "bib-label", key);
}

static void
test_is_the_same_for_the_same (void)
{
  g_autoptr (ConcLabel) a = conc_label_new ("T", "12");
  g_autoptr (ConcLabel) b = conc_label_new ("T", "12");
  g_autofree char *first = hash (a);
  g_autofree char *second = NULL;

  /* An empty text is none. */
  b->name = g_strdup ("");
  second = hash (b);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (strlen (first), ==, 24);
}

static void
test_every_text_counts (void)
{
  const gsize n_texts = sizeof (ConcLabel) / sizeof (char *);
  const gsize runner = offsetof (ConcLabel, runner_id) / sizeof (char *);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < n_texts; i++)
    {
      g_autoptr (ConcLabel) label = conc_label_new ("T", "12");
      char **texts = (char **) (gpointer) label;

      g_free (texts[i]);
      texts[i] = g_strdup ("x");
      g_hash_table_add (seen, hash (label));
    }
  /* Whose label it is, is not on it: that one is like no change at all. */
  g_assert_cmpuint (g_hash_table_size (seen), ==, n_texts);
  {
    g_autoptr (ConcLabel) plain = conc_label_new ("T", "12");
    g_autofree char *content = hash (plain);

    g_assert_cmpuint (runner, <, n_texts);
    g_assert_true (g_hash_table_contains (seen, content));
  }
}

static void
test_texts_do_not_run_together (void)
{
  g_autoptr (ConcLabel) a = conc_label_new ("T", "12");
  g_autoptr (ConcLabel) b = conc_label_new ("T", "1");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  b->name = g_strdup ("2");
  first = hash (a);
  second = hash (b);
  g_assert_cmpstr (first, !=, second);
}

static void
test_key_and_layout_count (void)
{
  g_autoptr (ConcLabel) label = conc_label_new ("T", "12");
  g_autoptr (GBytes) key = make_key (1);
  g_autoptr (GBytes) other = make_key (2);
  g_autofree char *first = conc_label_content (label, "bib-label", key);
  g_autofree char *second = conc_label_content (label, "bib-label", other);
  g_autofree char *third = conc_label_content (label, "bag-label", key);

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpstr (first, !=, third);
}

static const struct
{
  const char *batch;
  guint       start;
} batches[] = {
  { "abcdefghij-1", 0 },
  { "abcdefghij-7", 6 },
  { "abcdefghij-30", 29 },
  { NULL, 0 },
  { "", 0 },
  { "abcdefghij", 0 },
  { "abcdefghij-", 0 },
  { "abcdefghij-0", 0 },
  { "abcdefghij--3", 2 },
  { "abcdefghij-99999", 0 },
  { "abcdefghij-x", 0 },
};

static void
test_batches_tell_where_they_begin (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (batches); i++)
    g_assert_cmpuint (conc_print_batch_get_start (batches[i].batch), ==, batches[i].start);
}

static void
test_what_printers_lack (void)
{
  g_assert_cmpstr (conc_printer_reason_to_text ("media-empty-error"), ==, "out of paper");
  g_assert_cmpstr (conc_printer_reason_to_text ("media-empty"), ==, "out of paper");
  g_assert_cmpstr (conc_printer_reason_to_text ("cover-open-warning"), ==, "a cover is open");
  g_assert_null (conc_printer_reason_to_text ("none"));
  g_assert_null (conc_printer_reason_to_text ("media-empty-ish"));
  g_assert_null (conc_printer_reason_to_text (""));
}

static void
test_states_of_printers (void)
{
  ConcPrinter      printer = { .title = (char *) "Desk", .takes_jobs = TRUE };
  g_autofree char *ready = conc_printer_dup_state (&printer);
  g_autofree char *stopped = NULL;
  g_autofree char *rejecting = NULL;

  g_assert_true (conc_printer_is_ready (&printer));
  printer.is_stopped = TRUE;
  printer.reason = (char *) "out of paper";
  stopped = conc_printer_dup_state (&printer);
  g_assert_false (conc_printer_is_ready (&printer));
  printer.takes_jobs = FALSE;
  rejecting = conc_printer_dup_state (&printer);
  g_assert_cmpstr (ready, ==, "Ready");
  g_assert_cmpstr (stopped, ==, "Stopped: out of paper");
  g_assert_cmpstr (rejecting, ==, "Takes no jobs: out of paper");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-content/is-the-same-for-the-same", test_is_the_same_for_the_same);
  g_test_add_func ("/label-content/every-text-counts", test_every_text_counts);
  g_test_add_func ("/label-content/texts-do-not-run-together", test_texts_do_not_run_together);
  g_test_add_func ("/label-content/key-and-layout-count", test_key_and_layout_count);
  g_test_add_func ("/print-order/batches-tell-where-they-begin",
                   test_batches_tell_where_they_begin);
  g_test_add_func ("/printers/what-they-lack", test_what_printers_lack);
  g_test_add_func ("/printers/states", test_states_of_printers);
  return g_test_run ();
}
