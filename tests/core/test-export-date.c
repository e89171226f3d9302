/* test-export-date.c: dates and times as exports write them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/export-date.h"
#include "core/race-time.h"

#include <locale.h>

static void
test_refuses_what_is_no_date (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "x",
    "0",
    "2017",
    "31277",
    "2017-",
    "2017-11",
    "2017-13-01",
    "2017-02-29",
    "2017-11-31",
    "13/13/2017",
    "11/24",
    "11/24/",
    "11/24/201",
    "11/24/20177",
    "1/2/3",
    "11-24/2017",
    "Nov 2017",
    "Nov 24",
    "Foo 24 2017",
    "24 Foo 2017",
    "No 24, 2017",
    "24. 11. 2017",
    "2017-11-24 25:00",
    "2017-11-24 10:60",
    "2017-11-24 10:00:60",
    "2017-11-24 13:00 PM",
    "2017-11-24 0:30 am",
    "2017-11-24 10:00 x",
    "2017-11-24 x",
    "2017-11-24 10:00+15:00",
    "2017-11-24 10:00+1",
    "201711240",
    "0000-01-01",
    "Friday",
    "Fri, Fri, Nov 24 2017",
    "2017-11-24T",
    "00/00/0000",
    "1/0/2017",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ConcExportDate date = { .year = 4711 };

      g_test_message ("%s", texts[i]);
      g_assert_false (conc_export_date_parse (texts[i], CONC_DAY_ORDER_UNKNOWN, 2017, &date));
      g_assert_cmpint (date.year, ==, 4711);
    }
}

static void
test_parse (void)
{
  static const struct
  {
    const char  *text;
    ConcDayOrder order;
    const char  *instant;
  } vectors[] = {
    { "2017-11-24", 0, "2017-11-24T06:00:00Z" },
    { "2017-11-24 16:29", 0, "2017-11-24T22:29:00Z" },
    { "2017-11-24T16:29:05.25", 0, "2017-11-24T22:29:05.25Z" },
    { "2017-11-24T16:29:05Z", 0, "2017-11-24T16:29:05Z" },
    { "2017-11-24T16:29:05-0500", 0, "2017-11-24T21:29:05Z" },
    { "2017-11-24 16:29:05 +05:45", 0, "2017-11-24T10:44:05Z" },
    { "2017-11-24 16:29:05+01", 0, "2017-11-24T15:29:05Z" },
    { "2017-11-24 16:29:05 UTC", 0, "2017-11-24T16:29:05Z" },
    { "2017/11/24", 0, "2017-11-24T06:00:00Z" },
    { "20171124", 0, "2017-11-24T06:00:00Z" },
    { "11/24/2017 04:29 PM", 0, "2017-11-24T22:29:00Z" },
    { "11/24/2017, 4:29:07 p.m.", 0, "2017-11-24T22:29:07Z" },
    { "11/24/2017 12:00 AM", 0, "2017-11-24T06:00:00Z" },
    { "11/24/2017 12:00 pm", 0, "2017-11-24T18:00:00Z" },
    { "11/24/2017 4:29 PM EST", 0, "2017-11-24T21:29:00Z" },
    { "11/4/17 22:28", 0, "2017-11-05T03:28:00Z" },
    { "11/4/2017", CONC_DAY_ORDER_MONTH_FIRST, "2017-11-04T05:00:00Z" },
    { "11/4/2017", CONC_DAY_ORDER_DAY_FIRST, "2017-04-11T05:00:00Z" },
    { "11-4-2017", CONC_DAY_ORDER_DAY_FIRST, "2017-04-11T05:00:00Z" },
    { "11.4.2017", CONC_DAY_ORDER_MONTH_FIRST, "2017-04-11T05:00:00Z" },
    { "11.4.17", 0, "2017-04-11T05:00:00Z" },
    { "Aug 18, 1985", 0, "1985-08-18T05:00:00Z" },
    { "August 18th 1985", 0, "1985-08-18T05:00:00Z" },
    { "AUG. 18 1985 at 5:00 pm", 0, "1985-08-18T22:00:00Z" },
    { "Sept 1, 1985", 0, "1985-09-01T05:00:00Z" },
    { "18 Aug 1985", 0, "1985-08-18T05:00:00Z" },
    { "18-Aug-85", 0, "1985-08-18T05:00:00Z" },
    { "1st of Aug", 0, NULL },
    { "Fri, 24 Nov 2017 16:29:05 -0600", 0, "2017-11-24T22:29:05Z" },
    { "Friday, November 24, 2017", 0, "2017-11-24T06:00:00Z" },
    { " 2/29/2016 ", 0, "2016-02-29T06:00:00Z" },
    { "1/2/18", 0, "1918-01-02T06:00:00Z" },
    { "1/2/17", 0, "2017-01-02T06:00:00Z" },
    /* The night of a clock change: the first of two, and later for the missing hour. */
    { "11/5/2017 1:30 AM", 0, "2017-11-05T06:30:00Z" },
    { "11/5/2017 2:30 AM", 0, "2017-11-05T08:30:00Z" },
    { "3/12/2017 1:59 AM", 0, "2017-03-12T07:59:00Z" },
    { "3/12/2017 2:30 AM", 0, "2017-03-12T08:30:00Z" },
    { "3/12/2017 3:00 AM", 0, "2017-03-12T08:00:00Z" },
    { "3/12/2017 11:00 PM", 0, "2017-03-13T04:00:00Z" },
  };
  g_autoptr (GTimeZone) chicago = g_time_zone_new_identifier ("America/Chicago");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      ConcExportDate date = { 0 };
      gboolean       read = conc_export_date_parse (vectors[i].text, vectors[i].order, 2017, &date);
      g_autofree char *instant = NULL;

      g_test_message ("%s", vectors[i].text);
      g_assert_true (read == (vectors[i].instant != NULL));
      if (!read)
        continue;
      instant = conc_time_format_rfc3339 (conc_export_date_to_usec (&date, chicago), utc);
      g_assert_cmpstr (instant, ==, vectors[i].instant);
    }
}

static void
test_sniff (void)
{
  static const struct
  {
    const char  *text;
    ConcDayOrder order;
  } vectors[] = {
    { "", CONC_DAY_ORDER_UNKNOWN },
    { "3/4/2017", CONC_DAY_ORDER_UNKNOWN },
    { "12/12/2017", CONC_DAY_ORDER_UNKNOWN },
    { "13/12/2017", CONC_DAY_ORDER_DAY_FIRST },
    { "12/13/2017", CONC_DAY_ORDER_MONTH_FIRST },
    { "13/13/2017", CONC_DAY_ORDER_UNKNOWN },
    { "24-11-17", CONC_DAY_ORDER_DAY_FIRST },
    { "24.11.2017", CONC_DAY_ORDER_UNKNOWN },
    { "2017-11-24", CONC_DAY_ORDER_UNKNOWN },
    { "40/1/2017", CONC_DAY_ORDER_UNKNOWN },
    { "24/11", CONC_DAY_ORDER_UNKNOWN },
    { "Aug 18, 1985", CONC_DAY_ORDER_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    g_assert_cmpint (conc_export_date_sniff (vectors[i].text), ==, vectors[i].order);
}

static void
test_iso (void)
{
  ConcExportDate   date = { .year = 985, .month = 8, .day = 1 };
  g_autofree char *iso = conc_export_date_to_iso (&date);

  g_assert_cmpstr (iso, ==, "0985-08-01");
}

static void
test_any_text_is_safe (void)
{
  static const char alphabet[] = "0123456789/-.:, APMapmTZ+Novrdt";
  GRand            *random = g_rand_new_with_seed (12);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/Chicago");

  for (guint round = 0; round < 50000; round++)
    {
      char           text[16];
      int            length = g_rand_int_range (random, 0, 15);
      ConcExportDate date;

      for (int i = 0; i < length; i++)
        text[i] = alphabet[g_rand_int_range (random, 0,
                                             round % 2 == 0 ? 15 : (gint32) sizeof alphabet - 1)];
      text[length] = '\0';
      conc_export_date_sniff (text);
      if (conc_export_date_parse (text, (ConcDayOrder) (round % 3), 2017, &date))
        g_assert_cmpint (conc_export_date_to_usec (&date, zone), !=, 0);
    }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export-date/refuses what is no date", test_refuses_what_is_no_date);
  g_test_add_func ("/export-date/parse", test_parse);
  g_test_add_func ("/export-date/sniff", test_sniff);
  g_test_add_func ("/export-date/iso", test_iso);
  g_test_add_func ("/export-date/any text is safe", test_any_text_is_safe);

  return g_test_run ();
}
