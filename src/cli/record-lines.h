/* record-lines.h: cuts a stream of bytes into lines. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CONC_LINE_MAX_BYTES 4096

typedef enum
{
  CONC_LINE_GOOD,
  CONC_LINE_TOO_LONG,
  CONC_LINE_HAS_ZERO
} ConcLineState;

/* @line is without its end, and empty when it is not good. */
typedef void (*ConcLineFunc) (const char *line, ConcLineState state, gpointer user_data);

typedef struct
{
  GString      *line;
  ConcLineState state;
  gboolean      has_begun;
  ConcLineFunc  func;
  gpointer      user_data;
} ConcLineCutter;

void conc_line_cutter_init (ConcLineCutter *cutter, ConcLineFunc func, gpointer user_data);
void conc_line_cutter_clear (ConcLineCutter *cutter);
void conc_line_cutter_feed (ConcLineCutter *cutter, const char *bytes, gsize length);
void conc_line_cutter_end (ConcLineCutter *cutter);

G_END_DECLS
