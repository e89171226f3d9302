/* results-lines.h: the lines of a results file, before they take a form. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/results-export.h"

G_BEGIN_DECLS

/* One finisher, or one who is out of the race, as published. Texts that are not known are NULL,
 * numbers 0, @age -1 and times CONC_NO_TIME. @sex and @division are the board's. */
typedef struct
{
  guint       place;
  guint       sex_place;
  guint       division_place;
  gboolean    tied;
  guint       bib;
  char       *name;
  const char *sex;
  int         age;
  const char *division;
  gint64      gun_usec;
  gint64      net_usec;
  gint64      finish_usec;
  guint       laps_done;
  char       *gun_time;
  char       *net_time;
  gint64      penalty_usec;
  char       *penalty; /* is in both times */
  const char *status;
} ConcResultsLine;

/* A heading and the finishers under it; @place_of tells which place is theirs there. */
typedef struct
{
  int        list; /* CONC_LIST_NONE: those without a division */
  char      *title;
  char      *anchor;
  GPtrArray *lines;
  gboolean   is_out; /* those without a place */
} ConcResultsSection;

/* Everything a results file says. @has_net: somebody has a net time; without it the forms for
 * people leave the column out. */
typedef struct
{
  ConcSettings    *settings;
  const ConcRules *rules;
  GTimeZone       *zone;
  gint64           as_of_usec;
  gboolean         has_net;
  GPtrArray       *sections;
} ConcResultsSheet;

ConcResultsSheet *conc_results_sheet_new (ConcScoreboard  *board,
                                          ConcSettings    *settings,
                                          ConcResultsBoard which,
                                          gint64           as_of_usec);
void              conc_results_sheet_free (ConcResultsSheet *sheet);
guint             conc_results_section_get_place (const ConcResultsSection *section,
                                                  const ConcResultsLine    *line);
char             *conc_results_section_dup_place (const ConcResultsSection *section,
                                                  const ConcResultsLine    *line);
char             *conc_results_section_dup_heading (const ConcResultsSection *section);
char             *conc_results_line_dup_name (const ConcResultsLine *line);
char             *conc_results_sheet_dup_state (const ConcResultsSheet *sheet);
char             *conc_results_dup_day (const ConcSettings *settings);
char             *conc_results_sheet_dup_day (const ConcResultsSheet *sheet);

char *conc_results_sheet_to_text (const ConcResultsSheet *sheet);
char *conc_results_sheet_to_csv (const ConcResultsSheet *sheet);
char *conc_results_sheet_to_json (const ConcResultsSheet *sheet);
char *conc_results_sheet_to_html (const ConcResultsSheet *sheet);
gboolean
conc_results_sheet_to_pdf (const ConcResultsSheet *sheet, GOutputStream *stream, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcResultsSheet, conc_results_sheet_free)

G_END_DECLS
