/* test-read-intake.c: what a source sends, in any pieces and encodings, becomes lines. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/read-intake.h"

#include <locale.h>
#include <string.h>

/* All batches: "[head] line#ordinal line#ordinal", with "/" for a line break of the head. */
static char *
describe (ConcReadIntake *intake)
{
  GString       *text = g_string_new (NULL);
  ConcReadBatch *batch;

  while ((batch = conc_read_intake_take (intake)) != NULL)
    {
      g_autofree char *head = g_strdelimit (g_strdup (batch->head), "\n", '/');

      g_string_append_printf (text, "[%s]", head);
      for (guint i = 0; i < batch->lines->len; i++)
        g_string_append_printf (text, " %s#%u", (char *) g_ptr_array_index (batch->lines, i),
                                g_array_index (batch->ordinals, guint, i));
      conc_read_batch_free (batch);
    }
  return g_string_free (text, FALSE);
}

static char *
take_in_pieces (const char *bytes, gsize n_bytes, gsize piece, const char *format)
{
  g_autoptr (ConcReadIntake) intake = conc_read_intake_new ("mat", NULL);
  ConcReadFormat known;

  if (format != NULL)
    {
      g_assert_true (conc_read_format_from_name (format, &known, NULL));
      conc_read_intake_set_format (intake, known);
    }
  for (gsize i = 0; i < n_bytes; i += piece)
    conc_read_intake_feed (intake, bytes + i, MIN (piece, n_bytes - i));
  conc_read_intake_end (intake);
  return describe (intake);
}

static void
test_pieces (void)
{
  static const struct
  {
    const char *bytes;
    const char *format;
    const char *expected;
  } sources[] = {
    { "aa00058000123b3200012603071348503277\r\naa1\r\n\r\nab00000222\r\n"
      "aa00058000123b3200012603071348503277",
      NULL,
      "[] aa00058000123b3200012603071348503277#1 aa1#1 aa00058000123b3200012603071348503277#2" },
    { "Lap,Total\n1,20:00\n2,20:02\n", NULL, "[Lap,Total/] 1,20:00#1 2,20:02#1" },
    { "1,20:00\n2,20:02\n", "stopwatch", "[1,20:00/] 1,20:00#1 2,20:02#1" },
    { "A@Passing@c=1|t=10:00:00|d=171209@c=2|t=10:00:01|d=171209@7@$", "mylaps",
      "[] c=1|t=10:00:00|d=171209#1 c=2|t=10:00:01|d=171209#1" },
    { "Bib,Time\n1,10:00\n\xe9,1\n", "passings", "[Bib,Time/] 1,10:00#1 é,1#1" },
    { "Dear all,\nno.\n", NULL, "" },
    { "", "ipico", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    for (gsize piece = 1; piece < 100; piece += 7)
      {
        g_autofree char *described =
            take_in_pieces (sources[i].bytes, strlen (sources[i].bytes), piece, sources[i].format);

        g_assert_cmpstr (described, ==, sources[i].expected);
      }
}

/* Two timers in one file: the lines of each go with its own start. */
static void
test_heads (void)
{
  static const char *const text =
      "STARTOFEVENT,01/01/2001 00:00:00,a\n1,01/01/2001 00:01:00,00:01:00\n"
      "STARTOFEVENT,01/01/2002 00:00:00,b\n"
      "1,01/01/2002 00:02:00,00:02:00\n";
  g_autofree char *described = take_in_pieces (text, strlen (text), 1000, NULL);

  g_assert_cmpstr (described, ==,
                   "[STARTOFEVENT,01/01/2001 00:00:00,a/] 1,01/01/2001 00:01:00,00:01:00#1"
                   "[STARTOFEVENT,01/01/2001 00:00:00,a/STARTOFEVENT,01/01/2002 00:00:00,b/] "
                   "1,01/01/2002 00:02:00,00:02:00#1");
}

/* A source that sends no line break at all is cut into lines that are damaged. */
static void
test_noise (void)
{
  g_autofree char *noise = g_strnfill (100000, 'x');
  g_autoptr (ConcReadIntake) intake = conc_read_intake_new ("mat", NULL);
  ConcReadBatch *batch;

  conc_read_intake_set_format (intake, CONC_READ_FORMAT_IPICO);
  conc_read_intake_feed (intake, noise, 100000);
  batch = conc_read_intake_take (intake);
  g_assert_cmpuint (batch->lines->len, >, 10);
  for (guint i = 0; i < batch->lines->len; i++)
    g_assert_cmpuint (strlen (g_ptr_array_index (batch->lines, i)), <=, CONC_READ_LINE_MAX_BYTES);
  conc_read_batch_free (batch);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read-intake/in any pieces", test_pieces);
  g_test_add_func ("/read-intake/what lines say about others", test_heads);
  g_test_add_func ("/read-intake/a source without line breaks", test_noise);
  return g_test_run ();
}
