/* export-date.h: dates and times as exports and spreadsheets write them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the numbers of one date say about the order in which its column has day and month. */
typedef enum
{
  CONC_DAY_ORDER_UNKNOWN,
  CONC_DAY_ORDER_MONTH_FIRST,
  CONC_DAY_ORDER_DAY_FIRST
} ConcDayOrder;

typedef struct
{
  int      year;
  int      month;
  int      day;
  gint64   of_day_usec; /* 0 without a time of day */
  gboolean has_offset;
  int      offset_seconds; /* east of Greenwich */
} ConcExportDate;

ConcDayOrder conc_export_date_sniff (const char *text);
gboolean     conc_export_date_parse (const char     *text,
                                     ConcDayOrder    order,
                                     int             last_year,
                                     ConcExportDate *ret_date);
char        *conc_export_date_to_iso (const ConcExportDate *date);
gboolean     conc_export_date_is_instant (const ConcExportDate *date);
gint64       conc_export_date_to_usec (const ConcExportDate *date, GTimeZone *zone);

G_END_DECLS
