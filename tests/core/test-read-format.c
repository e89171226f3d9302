/* test-read-format.c: lines of readers, timers and scanners, whole and damaged. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/chip-table.h"
#include "core/encoding.h"
#include "core/error.h"
#include "core/race-time.h"
#include "core/read-format.h"

#include <locale.h>
#include <string.h>

#define RACE_DATE "2017-12-09"
#define GUN "2017-12-09T09:00:00-06:00"

/* What a line says: "kind time tag bib position antenna strength", with "-" for none; the sentence
 * of a damaged one; "other" for none. */
typedef struct
{
  ConcReadFormat format;
  const char    *lines; /* the last one counts */
  const char    *expected;
} Line;

static GTimeZone *
get_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

static gint64
parse_time (const char *text)
{
  gint64 usec;

  if (text == NULL)
    return CONC_NO_TIME;
  g_assert_true (conc_time_parse_rfc3339 (text, &usec, NULL));
  return usec;
}

static char *
describe_read (const ConcRead *read, GTimeZone *zone)
{
  static const char *const kinds[] = { "chip", "time", "bib", "start" };
  g_autofree char         *at = read->at_usec == CONC_NO_TIME
                                    ? g_strdup ("-")
                                    : conc_time_format_rfc3339 (read->at_usec, zone);
  GString                 *text = g_string_new (kinds[read->kind]);

  g_string_append_printf (text, " %s%s %s", at, read->by_start ? "~" : "",
                          read->tag[0] != '\0' ? read->tag : "-");
  if (read->bib > 0)
    g_string_append_printf (text, " bib %u", read->bib);
  if (read->position > 0)
    g_string_append_printf (text, " position %u", read->position);
  if (read->antenna > 0)
    g_string_append_printf (text, " antenna %u", read->antenna);
  if (read->strength != CONC_READ_NO_STRENGTH)
    g_string_append_printf (text, " strength %d", read->strength);
  return g_string_free (text, FALSE);
}

static char *
describe_line (ConcReadParser *parser, const char *line, GTimeZone *zone)
{
  g_autoptr (GError) error = NULL;
  ConcRead read;

  switch (conc_read_parser_take (parser, line, &read, &error))
    {
    case CONC_READ_LINE_DAMAGED:
      g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
      return g_strdup (error->message);
    case CONC_READ_LINE_READ:
      g_assert_no_error (error);
      return describe_read (&read, zone);
    case CONC_READ_LINE_OTHER:
    default:
      g_assert_no_error (error);
      return g_strdup ("other");
    }
}

static char *
describe_last (const Line *test, const char *date, const char *gun, GTimeZone *zone)
{
  ConcReadPlace place = { date, zone, parse_time (gun) };
  g_autoptr (ConcReadParser) parser = conc_read_parser_new (test->format, &place);
  g_auto (GStrv) lines = g_strsplit (test->lines, "\n", -1);
  char *described = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_free (described);
      described = describe_line (parser, lines[i], zone);
    }
  return described;
}

static void
check_lines (const Line *lines, gsize n, const char *date, const char *gun, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = get_zone (zone_name);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *described = describe_last (&lines[i], date, gun, zone);

      g_test_message ("%s", lines[i].lines);
      g_assert_cmpstr (described, ==, lines[i].expected);
    }
}

#define IPICO CONC_READ_FORMAT_IPICO

static void
test_ipico (void)
{
  static const Line lines[] = {
    { IPICO, "aa00058000123b3200012603071348503277",
      "chip 2026-03-07T13:48:50.5-06:00 058000123b32" },
    { IPICO,
      "aa00058000128608000126030713485"
      "15f8a\r",
      "chip 2026-03-07T13:48:51.95-06:00 058000128608" },
    { IPICO, "aa400000000123450a2a01123018455927a7",
      "chip 2001-12-30T18:45:59.39-06:00 000000012345 antenna 64" },
    { IPICO, "aa400000000123450a2a01123018455927a7FS",
      "chip 2001-12-30T18:45:59.39-06:00 000000012345 antenna 64" },
    { IPICO, "aa4000000000AABB0a2a2601010830003ffcFS",
      "chip 2026-01-01T08:30:00.63-06:00 00000000AABB antenna 64" },
    { IPICO, "aa01058000123b3200012603071348506300FS1a",
      "chip 2026-03-07T13:48:50.99-06:00 058000123b32 antenna 1 strength 26" },
    { IPICO, " ", "other" },
    { IPICO, "ab00000222", "other" },
    { IPICO, "aa00058000123b3200012603071348503278",
      "The checksum is wrong, so some of the line is too." },
    { IPICO, "aa00058000123b3300012603071348503277",
      "The checksum is wrong, so some of the line is too." },
    { IPICO, "aa00058000123b32000126030713485032",
      "The line is cut off, or two lines have run together." },
    { IPICO, "aa00058000123b3200012603071348503277aa00058000123b32000126030713485032",
      "The line is cut off, or two lines have run together." },
    { IPICO, "aa0005800012zb3200012603071348503277", "The line has characters that no read has." },
    { IPICO, "aa400000000123450a2a01123018455927a7XX",
      "The end of the line is not that of a read." },
    { IPICO, "058000123b32", "A read begins with “aa”, and this line does not." },
    /* A day, an hour and hundredths that do not exist, each with the right checksum. */
    { IPICO, "aa00058000123b320001260230134850326f",
      "The checksum is wrong, so some of the line is "
      "too." },
    { IPICO, "a\xff", "The line has bytes that are no text." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

/* A line with the right checksum around other digits. */
static char *
make_ipico (const char *date_and_time, const char *hundredths)
{
  g_autofree char *body = g_strdup_printf ("aa00058000123b320001%s%s", date_and_time, hundredths);
  guint            sum = 0;

  for (const char *p = body + 2; *p != '\0'; p++)
    sum += (guchar) *p;
  return g_strdup_printf ("%s%02x", body, sum % 256);
}

/* Hundredths are hexadecimal: 00 to 63. Other programs read "10" as ten hundredths. */
static void
test_ipico_hundredths (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  ConcReadPlace place = { RACE_DATE, utc, CONC_NO_TIME };
  g_autoptr (ConcReadParser) parser = conc_read_parser_new (IPICO, &place);
  gint64 second = parse_time ("2017-12-09T09:20:00Z");

  for (guint i = 0; i < 256; i++)
    {
      g_autofree char *hundredths = g_strdup_printf ("%02x", i);
      g_autofree char *line = make_ipico ("171209092000", hundredths);
      g_autoptr (GError) error = NULL;
      ConcRead read;

      if (i < 100)
        {
          g_assert_cmpint (conc_read_parser_take (parser, line, &read, &error), ==,
                           CONC_READ_LINE_READ);
          g_assert_cmpint (read.at_usec, ==, second + i * 10000);
        }
      else
        {
          g_assert_cmpint (conc_read_parser_take (parser, line, &read, &error), ==,
                           CONC_READ_LINE_DAMAGED);
          g_assert_cmpstr (error->message, ==, "The line has a time that does not exist.");
        }
    }
}

static void
test_ipico_impossible_times (void)
{
  static const char *const times[] = { "170230092000", "171309092000", "171200092000",
                                       "171209240000", "171209096000", "171209092060",
                                       "17120909200a", "1712090920-1" };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *line = make_ipico (times[i], "00");
      Line             test = { IPICO, line, NULL };
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
      g_autofree char *described = describe_last (&test, RACE_DATE, GUN, utc);

      g_assert_true (g_str_has_prefix (described, "The line has "));
    }
}

/* Each of 2,000 lines of a real reader is whole: its checksum fits, and its time lies in the minute
 * in which it was taken. With any digit changed to another it would not be. */
static void
test_ipico_captured (void)
{
  g_autoptr (GTimeZone) zone = get_zone ("America/Chicago");
  ConcReadPlace place = { "2026-03-07", zone, CONC_NO_TIME };
  g_autoptr (ConcReadParser) parser = conc_read_parser_new (IPICO, &place);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gint64 begin = parse_time ("2026-03-07T13:48:50-06:00");
  gint64 before = 0;
  guint  n = 0, n_back = 0;

  g_assert_true (g_file_get_contents (TEST_DATA_DIR "/chip/ipico-reads.txt", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      ConcReadLine taken;
      ConcRead     read;
      guint        at = 2 + n % 32;

      if (*lines[i] == '\0')
        continue;
      g_assert_true (g_str_has_suffix (lines[i], "\r"));
      taken = conc_read_parser_take (parser, lines[i], &read, NULL);
      g_assert_cmpint (taken, ==, CONC_READ_LINE_READ);
      g_assert_cmpint (read.at_usec, >=, begin);
      g_assert_cmpint (read.at_usec, <, begin + 60 * G_USEC_PER_SEC);
      g_assert_cmpint (read.at_usec % 10000, ==, 0);
      g_assert_cmpint (strncmp (read.tag, "0580001", 7), ==, 0);
      n_back += read.at_usec < before ? 1 : 0;
      before = read.at_usec;
      n++;
      lines[i][at] = lines[i][at] == '7' ? '8' : '7';
      g_assert_cmpint (conc_read_parser_take (parser, lines[i], &read, NULL), ==,
                       CONC_READ_LINE_DAMAGED);
    }
  g_assert_cmpuint (n, ==, 2000);
  g_assert_cmpuint (n_back, >, 0);
}

#define RACE_RESULT CONC_READ_FORMAT_RACE_RESULT

static void
test_race_result (void)
{
  static const Line lines[] = {
    { RACE_RESULT, "#P;12;214;2017-12-09;09:23:11.477;4711;72;27;;0;1;3;;;;;;D-50432;177;;D-50432",
      "chip 2017-12-09T09:23:11.477-06:00 214 bib 214 antenna 3 strength 27" },
    { RACE_RESULT, "7750;ZCMBG52;;10:50:00.477;0;72;127;;1;1;1;;16731;2,9;20;;BOX;1;;D-1",
      "chip 2017-12-09T10:50:00.477-06:00~ ZCMBG52 antenna 1 strength 127" },
    { RACE_RESULT, "1;214;0000-00-00;09:01:02.003;0;3;-75",
      "chip 2017-12-09T09:01:02.003-06:00 214 strength -75" },
    { RACE_RESULT, "1;214;0000-00-01;00:01:02.003", "chip 2017-12-10T00:01:02.003-06:00 214" },
    { RACE_RESULT, "GETTIME;0000-00-00;00:02:12.942", "other" },
    { RACE_RESULT, "#S;1;2", "other" },
    { RACE_RESULT, "SETPROTOCOL;2.0", "other" },
    { RACE_RESULT, "PassingNo;Bib;Date;Time", "other" },
    { RACE_RESULT, "#P;12;214;2017-12-09",
      "A passing has at least four parts between semicolons." },
    { RACE_RESULT, "#P;x;214;2017-12-09;09:23:11.477", "A passing begins with its number." },
    { RACE_RESULT, "#P;12;;2017-12-09;09:23:11.477", "“” is not the code of a transponder." },
    { RACE_RESULT, "#P;12;214;2017-12-09;09:23",
      "“09:23” is not a time, or its date does not exist." },
    { RACE_RESULT, "#P;12;214;2017-02-30;09:23:11.477",
      "“09:23:11.477” is not a time, or its date does not exist." },
    { RACE_RESULT, "#P;12;214;0000-00-9;09:23:11.477",
      "“09:23:11.477” is not a time, or its date does not exist." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

#define MYLAPS CONC_READ_FORMAT_MYLAPS

static void
test_mylaps (void)
{
  static const Line lines[] = {
    { MYLAPS, "t=13:11:30.904|c=0000041|ct=UH|d=171209|l=13|dv=4|re=0|an=00001111|g=0|b=41|n=41",
      "chip 2017-12-09T13:11:30.904-06:00 0000041 bib 41 antenna 4" },
    { MYLAPS, "c=KV86583|ct=CX|t=09:57:17.417|d=171209|l=1|dv=2|re=0|an=-1|g=-1|n=KV86583|b=-1",
      "chip 2017-12-09T09:57:17.417-06:00 KV86583 antenna 2" },
    { MYLAPS, "c=KV86583|t=09:57:17.417", "chip 2017-12-09T09:57:17.417-06:00~ KV86583" },
    { MYLAPS, "t=2017-12-09 09:03:40.347|mt=gun|n=Gunshot 1",
      "start 2017-12-09T09:03:40.347-06:00 -" },
    { MYLAPS, "10KM", "other" },
    { MYLAPS, "Passing", "other" },
    { MYLAPS, "1016", "other" },
    { MYLAPS, "$", "other" },
    { MYLAPS, "c=KV86583|d=171209", "The passing has no time." },
    { MYLAPS, "c=KV86583|t=25:57:17.417|d=171209",
      "“25:57:17.417” is not a time, or its date does not exist." },
    { MYLAPS, "c=KV86583|t=09:57:17.417|d=171309",
      "“09:57:17.417” is not a time, or its date does not exist." },
    { MYLAPS, "c=|t=09:57:17.417|d=171209", "“” is not the code of a chip." },
    { MYLAPS, "09:57:17|KV86583", "The passing has neither a chip nor a time." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

#define RFID CONC_READ_FORMAT_RFID_TIMING

static void
test_rfid_timing (void)
{
  static const Line lines[] = {
    { RFID, "0,11055,1170518701,698,1,-71,0,2,1,0000000000000000,0,29319",
      "chip 2017-02-02T16:05:01.698-06:00 11055 antenna 1 strength -71" },
    { RFID, "1,11055,101,\"2017-12-09 09:42:07.350\",1,1",
      "chip 2017-12-09T09:42:07.35-06:00 11055 bib 101 antenna 1" },
    { RFID, "2,11055,0,9:42:07.350,1,2", "chip 2017-12-09T09:42:07.35-06:00~ 11055 antenna 2" },
    { RFID, "0,0,0,\"2017-12-09 09:00:01.050\",0,0", "start 2017-12-09T09:00:01.05-06:00 -" },
    { RFID, "11055\t2017-12-09 09:42:07.350\t1\t3",
      "chip 2017-12-09T09:42:07.35-06:00 11055 antenna 3" },
    { RFID, "Connected,0.0.0.0", "other" },
    { RFID, "S=10000", "other" },
    { RFID, "0,11055,1170518701,6980,1,-71,0", "“1170518701” is not a count of seconds." },
    { RFID, "0,,1170518701,698,1,-71,0", "“” is not the code of a chip." },
    { RFID, "1,11055,101", "A read has at least a port, a chip, a bib and a time." },
    { RFID, "1,11055,101,\"2017-12-09 09:42\",1,x",
      "chip 2017-12-09T09:42:00-06:00 11055 bib 101 antenna 1" },
    { RFID, "1,11055,101,yesterday,1,1", "“yesterday” is not a time, or its date does not exist." },
    { RFID, "11055\t09:42:07", "A read has a chip, a time, a reader and a port." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

#define TIMER CONC_READ_FORMAT_PARKRUN_TIMER
#define UNSET "STARTOFEVENT,01/01/2001 00:00:00,abcdefghij\n"
#define SET "STARTOFEVENT,09/12/2017 09:00:03,abcdefghij\n"

static void
test_parkrun_timer (void)
{
  static const Line lines[] = {
    { TIMER, UNSET, "other" },
    { TIMER, UNSET "0,01/01/2001 00:00:00", "start 2017-12-09T09:00:00-06:00~ -" },
    { TIMER, UNSET "1,01/01/2001 00:18:11,00:18:11",
      "time 2017-12-09T09:18:11-06:00~ - position 1" },
    { TIMER, SET "0,09/12/2017 09:00:03", "start 2017-12-09T09:00:03-06:00 -" },
    { TIMER, SET "2,09/12/2017 09:18:14,00:18:11", "time 2017-12-09T09:18:14-06:00 - position 2" },
    { TIMER, "T,3,1,00:10:03.250", "time 2017-12-09T09:10:03.25-06:00~ - position 3" },
    { TIMER, "I, CP765, 47", "other" },
    { TIMER, "S, 001, SPLIT", "other" },
    { TIMER, "ENDOFEVENT,01/01/2001 00:19:23", "other" },
    { TIMER, UNSET "x,01/01/2001 00:18:11,00:18:11", "“x” is not a position." },
    { TIMER, UNSET "1,01/01/2001 00:18:11,00:18:71", "“00:18:71” is not a time." },
    { TIMER, UNSET "1,00:18:11,00:18:11", "A line of a timer has a position and two times." },
    { TIMER, UNSET "1", "A line of a timer has a position and two times." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

#define SCANNER CONC_READ_FORMAT_PARKRUN_SCANNER

static void
test_parkrun_scanner (void)
{
  static const Line lines[] = {
    { SCANNER, "A4580442,P0047,09/12/2017 09:47:03",
      "bib 2017-12-09T09:47:03-06:00 A4580442 position 47" },
    { SCANNER, "214,P12,09/12/2017 09:47:03",
      "bib 2017-12-09T09:47:03-06:00 - bib 214 position 12" },
    { SCANNER, "A4580442,,09/12/2017 09:47:03", "bib 2017-12-09T09:47:03-06:00 A4580442" },
    { SCANNER, "null,P0047,09/12/2017 09:47:03", "bib 2017-12-09T09:47:03-06:00 - position 47" },
    { SCANNER, "A4580442,P0000,09/12/2017 09:47:03", "“P0000” is not the token of a position." },
    { SCANNER, "A4580442,47,09/12/2017 09:47:03", "“47” is not the token of a position." },
    { SCANNER, ",,09/12/2017 09:47:03", "The scan has neither a runner nor a token." },
    { SCANNER, "&gibberish&,P0047,09/12/2017 09:47:03",
      "“&gibberish&” is not the code of a "
      "runner." },
    { SCANNER, "gibberish,09/12/2017 09:47:03", "A scan has a runner, a token and a time." },
    { SCANNER, "A4580442,P0047,31/02/2017 09:47:03",
      "“31/02/2017 09:47:03” is not a time, or its date does not exist." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

#define WATCH CONC_READ_FORMAT_STOPWATCH

static void
test_stopwatch (void)
{
  static const Line lines[] = {
    { WATCH, "Lap No,Split,Total\n1,00:18:11.35,00:18:11.35",
      "time 2017-12-09T09:18:11.35-06:00~ - position 1" },
    { WATCH, "Lap No,Split,Total\n2,00:00:02.10,00:18:13.45",
      "time 2017-12-09T09:18:13.45-06:00~ - position 2" },
    /* What one maker calls split is the lap of another. */
    { WATCH, "#;Lap Time;Split Time\n2;0:02,1;18:13,45",
      "time 2017-12-09T09:18:13.45-06:00~ - position 2" },
    { WATCH, "Race of the morning\nLap\tTime\n3\t1:01:02.003",
      "time 2017-12-09T10:01:02.003-06:00~ - position 3" },
    { WATCH, "1,00:18:11.35\n2,00:18:13.45", "time 2017-12-09T09:18:13.45-06:00~ - position 2" },
    { WATCH, "Lap No,Split,Total", "other" },
    { WATCH, "Lap No,Split,Total\nx1,00:00:02.10,00:18:13.45", "“x1” is not the number of a lap." },
    { WATCH, "Lap No,Split,Total\n1,,", "The line has no time since the start." },
    { WATCH, "Lap No,Split,Total\n1,18.13,", "The line has no time since the start." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

#define TABLE CONC_READ_FORMAT_PASSINGS

static void
test_passings (void)
{
  static const Line lines[] = {
    { TABLE, "Chip,Time\nKV86583,09:57:17.417", "chip 2017-12-09T09:57:17.417-06:00~ KV86583" },
    { TABLE, "ChipCode;Date;Time;MS\nKV86583;12/09/2017;09:57:17;417",
      "chip 2017-12-09T09:57:17.417-06:00 KV86583" },
    /* The ninth of December, not the twelfth of September: that is race day. */
    { TABLE, "ChipCode;Date;Time;MS\nKV86583;09/12/2017;09:57:17;417",
      "chip 2017-12-09T09:57:17.417-06:00 KV86583" },
    { TABLE, "Transponder,Bib Number,Timestamp,RSSI,Antenna\nE2001,214,1512835037417,-61,2",
      "chip 2017-12-09T09:57:17.417-06:00 E2001 bib 214 antenna 2 strength -61" },
    { TABLE, "tag,time\nE2001,2017-12-09T15:57:17.417123Z",
      "chip 2017-12-09T09:57:17.417123-06:00 E2001" },
    { TABLE, "Bib,Time\n214,9:57:17", "time 2017-12-09T09:57:17-06:00~ - bib 214" },
    { TABLE, "Bib,Elapsed\n214,0:23:11.5", "time 2017-12-09T09:23:11.5-06:00~ - bib 214" },
    { TABLE, "Bib,Time\n214,23:11.5", "time 2017-12-09T09:23:11.5-06:00~ - bib 214" },
    { TABLE, "214,9:57:17.5", "time 2017-12-09T09:57:17.5-06:00~ - bib 214" },
    { TABLE, "KV86583\t9:57:17.5", "chip 2017-12-09T09:57:17.5-06:00~ KV86583" },
    { TABLE, "Bib,Time\n,", "other" },
    { TABLE, "Bib,Time\nx,9:57:17", "“x” is not a bib." },
    { TABLE, "Bib,Time\n214,soon", "“soon” is not a time, or its date does not exist." },
    { TABLE, "one,two,three", "The columns of the table are not known." },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, GUN, "America/Chicago");
}

/* A race from ten at night over midnight; and one in the night in which clocks are set back. */
static void
test_midnight (void)
{
  static const Line lines[] = {
    { TABLE, "Bib,Time\n214,21:59:00", "time 2017-12-09T21:59:00-06:00~ - bib 214" },
    { TABLE, "Bib,Time\n214,23:59:59.9", "time 2017-12-09T23:59:59.9-06:00~ - bib 214" },
    { TABLE, "Bib,Time\n214,00:00:00.1", "time 2017-12-10T00:00:00.1-06:00~ - bib 214" },
    { TABLE, "Bib,Time\n214,2:30:00", "time 2017-12-10T02:30:00-06:00~ - bib 214" },
    { WATCH, "Lap,Total\n1,2:30:00", "time 2017-12-10T00:30:00-06:00~ - position 1" },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, "2017-12-09T22:00:00-06:00",
               "America/Chicago");
}

static void
test_daylight_saving (void)
{
  static const Line before[] = {
    { TABLE, "Bib,Time\n214,1:30:00", "time 2017-11-05T01:30:00-05:00~ - bib 214" },
    { IPICO,
      "aa00058000123b32000117110501300000"
      "5e",
      "chip 2017-11-05T01:30:00-05:00~ 058000123b32" },
  };
  static const Line after[] = {
    { TABLE, "Bib,Time\n214,1:30:00", "time 2017-11-05T01:30:00-06:00~ - bib 214" },
    { TABLE, "Bib,Time\n214,2017-11-05T01:30:00-05:00",
      "time 2017-11-05T00:30:00-06:00 - bib "
      "214" },
  };
  static const Line spring[] = {
    { TABLE, "Tag,Time\nE1,2017-03-12 01:59:59.5", "chip 2017-03-12T01:59:59.5-06:00 E1" },
    { TABLE, "Tag,Time\nE1,2017-03-12 02:00:00.5", "chip 2017-03-12T03:00:00.5-05:00 E1" },
    { TABLE, "Tag,Time\nE1,2017-03-12 03:00:00.5", "chip 2017-03-12T03:00:00.5-05:00 E1" },
  };

  check_lines (before, G_N_ELEMENTS (before), "2017-11-05", "2017-11-05T01:00:00-05:00",
               "America/Chicago");
  check_lines (after, 1, "2017-11-05", "2017-11-05T01:15:00-06:00", "America/Chicago");
  check_lines (spring, G_N_ELEMENTS (spring), "2017-03-12", NULL, "America/Chicago");
}

/* Without a gun a time that counts from it is not known yet; a time of day is. */
static void
test_without_a_gun (void)
{
  static const Line lines[] = {
    { WATCH, "Lap,Total\n1,18:11.35", "time -~ - position 1" },
    { TABLE, "Bib,Time\n214,9:57:17", "time 2017-12-09T09:57:17-06:00~ - bib 214" },
    { TIMER, SET "2,09/12/2017 09:18:14,00:18:11", "time 2017-12-09T09:18:14-06:00 - position 2" },
  };

  check_lines (lines, G_N_ELEMENTS (lines), RACE_DATE, NULL, "America/Chicago");
}

typedef struct
{
  const char *text;
  int         format; /* -1: none */
} Sniffed;

static void
test_sniff (void)
{
  static const Sniffed files[] = {
    { "aa00058000123b3200012603071348503277\r\n", IPICO },
    { "xx\naa00058000123b3200012603071348503277\naa400000000123450a2a01123018455927a7FS\n", IPICO },
    { "#P;12;214;2017-12-09;09:23:11.477;0;1;2\n", RACE_RESULT },
    { "7750;ZCMBG52;;10:50:00.477;0;72;127\n", RACE_RESULT },
    { "10KM@Passing@t=13:11:30.904|c=0000041|d=171209@t=13:12:21.830|c=39|d=171209@1016@$",
      MYLAPS },
    { "0,11055,1170518701,698,1,-71,0,2,1,0,0,29319\n", RFID },
    { "1,11055,101,\"2017-12-09 09:42:07.350\",1,1\n", RFID },
    { UNSET "0,01/01/2001 00:00:00\n1,01/01/2001 00:03:11,00:03:11\n", TIMER },
    { "I, CP765, 47\nS, 001, SPLIT\nT,1,1,00:03:11.000\n", TIMER },
    { "A4580442,P0047,14/03/2018 09:47:03\r\n", SCANNER },
    { "Lap No,Split,Total\n1,00:18:11.35,00:18:11.35\n2,00:00:02.10,00:18:13.45\n", WATCH },
    { "1,00:18:11.35,00:18:11.35\n2,00:00:02.10,00:18:13.45\n", WATCH },
    { "Chip,Time\nKV86583,09:57:17.417\n", TABLE },
    { "Bib,Time\n214,9:57:17\n", TABLE },
    { "214,9:57:17\n215,9:57:18\n", TABLE },
    { "", -1 },
    { "BIB,CHIP\n3312,058003799177\n", -1 },
    { "First Name,Last Name,Email\nAda,Lind,ada@example.org\n", -1 },
    { "Dear all,\n\nthe race is off.\n", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ConcReadFormat format = CONC_READ_FORMAT_IPICO;
      gboolean       found = conc_read_format_sniff (files[i].text, &format);

      g_test_message ("%s", files[i].text);
      g_assert_cmpint (found ? (int) format : -1, ==, files[i].format);
    }
}

static void
test_sniff_captured (void)
{
  static const char *const names[] = { "ipico-reads.txt", "ipico-raw.txt",
                                       "ipico-first-last-seen.txt" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (TEST_DATA_DIR, "chip", names[i], NULL);
      g_autofree char *text = NULL;
      ConcReadFormat   format;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_true (conc_read_format_sniff (text, &format));
      g_assert_cmpint (format, ==, IPICO);
    }
}

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  ConcReadFormat format;

  for (int i = 0; i < CONC_N_READ_FORMATS; i++)
    {
      g_assert_true (conc_read_format_from_name (conc_read_format_get_name ((ConcReadFormat) i),
                                                 &format, NULL));
      g_assert_cmpint (format, ==, i);
    }
  g_assert_false (conc_read_format_from_name ("abc", &format, &error));
  g_assert_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==,
                   "“abc” is not a format of reads. The formats are: ipico, race-result, mylaps, "
                   "rfid-timing, parkrun-timer, parkrun-scanner, stopwatch, passings.");
}

/* A file kept in parts is read like the whole when each part is given the head first. */
static void
test_parts (void)
{
  static const Line files[] = {
    { WATCH, "Title\nLap No,Split,Total\n1,0:18:11,0:18:11\n2,0:00:02,0:18:13", NULL },
    { WATCH, "1,0:18:11,0:18:11\n2,0:00:02,0:18:13", NULL },
    { TIMER, SET "0,09/12/2017 09:00:03\n1,09/12/2017 09:18:14,00:18:11", NULL },
    { TABLE, "Date;Chip;Time\n12/09/2017;E1;09:57:17\n12/09/2017;E1;09:58:17", NULL },
    { IPICO, "x\naa00058000123b3200012603071348503277", NULL },
  };
  g_autoptr (GTimeZone) zone = get_zone ("America/Chicago");
  ConcReadPlace place = { RACE_DATE, zone, parse_time (GUN) };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (ConcReadParser) whole = conc_read_parser_new (files[i].format, &place);
      g_auto (GStrv) lines = g_strsplit (files[i].lines, "\n", -1);

      for (guint n = 0; lines[n] != NULL; n++)
        {
          g_autofree char *head = g_strdup (conc_read_parser_get_head (whole));
          g_autofree char *with_head = g_strconcat (head, lines[n], NULL);
          Line             part = { files[i].format, with_head, NULL };
          g_autofree char *expected = describe_line (whole, lines[n], zone);
          g_autofree char *described = describe_last (&part, RACE_DATE, GUN, zone);

          g_assert_cmpstr (described, ==, expected);
        }
    }
}

static void
test_long_line (void)
{
  g_autofree char *text = g_strnfill (CONC_READ_LINE_MAX_BYTES + 1, 'a');
  Line             line = { IPICO, text, "The line is too long to be a read." };

  check_lines (&line, 1, RACE_DATE, GUN, "UTC");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/read-format/ipico", test_ipico);
  g_test_add_func ("/read-format/ipico/hundredths are hexadecimal", test_ipico_hundredths);
  g_test_add_func ("/read-format/ipico/impossible times", test_ipico_impossible_times);
  g_test_add_func ("/read-format/ipico/2,000 captured lines", test_ipico_captured);
  g_test_add_func ("/read-format/race result", test_race_result);
  g_test_add_func ("/read-format/MyLaps", test_mylaps);
  g_test_add_func ("/read-format/RFID Timing", test_rfid_timing);
  g_test_add_func ("/read-format/parkrun timer", test_parkrun_timer);
  g_test_add_func ("/read-format/parkrun scanner", test_parkrun_scanner);
  g_test_add_func ("/read-format/stopwatch", test_stopwatch);
  g_test_add_func ("/read-format/passings", test_passings);
  g_test_add_func ("/read-format/over midnight", test_midnight);
  g_test_add_func ("/read-format/daylight saving", test_daylight_saving);
  g_test_add_func ("/read-format/without a gun", test_without_a_gun);
  g_test_add_func ("/read-format/a file tells its format", test_sniff);
  g_test_add_func ("/read-format/captured files tell their format", test_sniff_captured);
  g_test_add_func ("/read-format/names", test_names);
  g_test_add_func ("/read-format/a file in parts", test_parts);
  g_test_add_func ("/read-format/a line without end", test_long_line);
  return g_test_run ();
}
