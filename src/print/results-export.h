/* results-export.h: results as a file for people, spreadsheets and programs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"
#include "core/settings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  CONC_RESULTS_BOARD_OVERALL,
  CONC_RESULTS_BOARD_DIVISION,
  CONC_RESULTS_BOARD_ALL,
  CONC_N_RESULTS_BOARDS
} ConcResultsBoard;

typedef enum
{
  CONC_RESULTS_FORMAT_TEXT,
  CONC_RESULTS_FORMAT_CSV,
  CONC_RESULTS_FORMAT_JSON,
  CONC_RESULTS_FORMAT_HTML,
  CONC_RESULTS_FORMAT_PDF,
  CONC_N_RESULTS_FORMATS
} ConcResultsFormat;

ConcResultsBoard  conc_results_board_from_text (const char *text);
ConcResultsFormat conc_results_format_from_text (const char *text);
const char       *conc_results_format_to_text (ConcResultsFormat format);
char             *conc_results_dup_rules_text (const ConcRules *rules);

gboolean conc_results_write (ConcScoreboard   *board,
                             ConcSettings     *settings,
                             ConcResultsBoard  which,
                             ConcResultsFormat format,
                             gint64            as_of_usec,
                             GOutputStream    *stream,
                             GError          **error);

G_END_DECLS
