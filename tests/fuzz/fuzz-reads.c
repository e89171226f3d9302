/* fuzz-reads.c: any lines are reads in some format, or refused; and any file is chips or refused.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/chip-table.h"
#include "core/race-time.h"
#include "core/read-format.h"
#include "core/runner.h"
#include "fuzz.h"

#define GUN_USEC G_GINT64_CONSTANT (1512831600000000)

const guint       fuzz_rounds = 4000;
const char *const fuzz_seeds[] = {
  "aa00058000123b3200012603071348503277\r\naa400000000123450a2a01123018455927a7FS\n",
  "#P;12;214;2017-12-09;09:23:11.477;4711;72;27;;0;1;3\n1;214;0000-00-01;00:01:02.003\n",
  "10KM@Passing@t=13:11:30.904|c=0000041|d=171209|b=41@c=A1|t=2017-12-09 09:03:40.347|mt=gun@$",
  "0,11055,1170518701,698,1,-71,0,2,1,0,0,29319\n1,11055,101,\"2017-12-09 09:42:07.350\",1,1\n"
  "11055\t09:42:07.350\t1\t3\n",
  "STARTOFEVENT,01/01/2001 00:00:00,abc\n0,01/01/2001 00:00:00\n1,01/01/2001 00:03:11,00:03:11\n",
  "A4580442,P0047,09/12/2017 09:47:03\r\nnull,P0048,14/03/2018 09:47:03\n",
  "Lap No,Split,Total\n1,00:18:11.35,00:18:11.35\n2;0:02,1;18:13,45\n",
  "ChipCode;Date;Time;MS\nKV86583;12/09/2017;09:57:17;417\n214,9:57:17 PM\n1512835037417,E1\n",
  "BIB,CHIP\n3312,058003799177\n;comment\n0,Smith,John,Team Smith,,M\n",
  NULL,
};

static GTimeZone *
get_zone (void)
{
  static GTimeZone *zone;

  if (zone == NULL)
    zone = g_time_zone_new_identifier ("America/Chicago");
  return zone;
}

/* A read can be written down and compared, and counts from the gun only when it says so. */
static void
check_read (const ConcRead *read, gint64 start_usec)
{
  g_assert_true (read->at_usec == CONC_NO_TIME || read->at_usec > 0);
  g_assert_true (read->at_usec != CONC_NO_TIME || (read->by_start && start_usec == CONC_NO_TIME));
  g_assert_cmpuint (read->bib, <=, CONC_BIB_MAX);
  g_assert_true (read->tag[0] == '\0' || conc_chip_is_tag (read->tag));
  g_assert_true (read->kind != CONC_READ_CHIP || read->tag[0] != '\0');
  fuzz_n_read++;
}

static void
read_lines (const char *text, ConcReadFormat format, gint64 start_usec)
{
  ConcReadPlace place = { "2017-12-09", get_zone (), start_usec };
  g_autoptr (ConcReadParser) parser = conc_read_parser_new (format, &place);
  g_auto (GStrv) lines = g_strsplit_set (text, conc_read_format_get_breaks (format), -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      ConcRead read;

      switch (conc_read_parser_take (parser, lines[i], &read, &error))
        {
        case CONC_READ_LINE_READ:
          check_read (&read, start_usec);
          break;
        case CONC_READ_LINE_DAMAGED:
          fuzz_check_error (error);
          break;
        case CONC_READ_LINE_OTHER:
        default:
          g_assert_no_error (error);
        }
    }
}

static void
read_chips (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcChipTable) table = conc_chip_table_read (text, &error);
  g_autofree char *people = conc_people_list_to_csv (text);

  g_assert_nonnull (people);
  if (table == NULL)
    {
      fuzz_check_error (error);
      return;
    }
  for (guint i = 0; i < table->chips->len; i++)
    {
      const ConcChip *chip = g_ptr_array_index (table->chips, i);

      g_assert_true (conc_chip_is_tag (chip->tag));
      g_assert_cmpuint (chip->bib, >, 0);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  ConcReadFormat   format;

  for (int i = 0; i < CONC_N_READ_FORMATS; i++)
    {
      read_lines (text, (ConcReadFormat) i, GUN_USEC);
      read_lines (text, (ConcReadFormat) i, CONC_NO_TIME);
    }
  if (size < 200)
    conc_read_format_sniff (text, &format);
  read_chips (valid);
  return 0;
}
