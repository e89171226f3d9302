/* code-text.h: what the text of a scanned code can be. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer texts are no code that a desk meets; the rest of them is not looked at. */
#define CONC_CODE_BYTES_MAX 2048
#define CONC_CODE_REGISTRATIONS_MAX 12

typedef enum
{
  CONC_CODE_NOTHING, /* blanks and control characters alone, or no text */
  CONC_CODE_TOKEN,   /* has the form of a bib's token, or of several */
  CONC_CODE_PART,    /* the beginning of a bib's token: the rest got lost */
  CONC_CODE_NUMBER,  /* digits alone: a bib, or a registration number */
  CONC_CODE_OTHER    /* a text or an address that may hold a registration number */
} ConcCodeKind;

typedef struct
{
  ConcCodeKind kind;
  char        *text;          /* without what scanners put around it; valid UTF-8 */
  GPtrArray   *tokens;        /* the parts that have the form of a token, as they stand */
  guint        bib;           /* of a number; 0 when it can be none */
  GPtrArray   *registrations; /* what may be a registration number, the likeliest first */
} ConcCode;

ConcCode *conc_code_read (const char *text);
void      conc_code_free (ConcCode *code);
gboolean  conc_code_begins_token (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcCode, conc_code_free)

G_END_DECLS
