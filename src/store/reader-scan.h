/* reader-scan.h: whose code was scanned. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_SCANNED_RUNNER,   /* somebody was found */
  CONC_SCANNED_FREE_BIB, /* a bib that nobody holds */
  CONC_SCANNED_REFUSED   /* of another race, forged, cut off, or nobody's */
} ConcScannedAs;

typedef struct
{
  ConcScannedAs as;
  char         *text;     /* the code without what the scanner put around it */
  guint         bib;      /* that the code names; 0: none */
  gboolean      is_token; /* whether the code is that of a label, and not a plain number */
  GPtrArray    *runners;  /* ConcRunner, the likeliest first, nearly always one; else empty */
  char         *sentence; /* why nobody was found; NULL for a runner */
} ConcScanned;

ConcScanned *conc_reader_find_scanned (ConcReader *reader,
                                       const char *race_id,
                                       GBytes     *key,
                                       const char *text,
                                       GError    **error);
void         conc_scanned_free (ConcScanned *scanned);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcScanned, conc_scanned_free)

G_END_DECLS
