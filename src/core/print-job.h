/* print-job.h: one label on its way to a printer, as a value. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/body.h"
#include "core/merge.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_PRINT_QUEUED,
  CONC_PRINT_PRINTING,
  CONC_PRINT_PRINTED,
  CONC_PRINT_FAILED,
  CONC_PRINT_CANCELLED,
  CONC_N_PRINT_STATES
} ConcPrintState;

/* A set of states, for conc_reader_list_prints(). */
#define CONC_PRINT_STATE_BIT(state) (1u << (state))

#define CONC_TYPE_PRINT (conc_print_get_type ())

/* @id is the subject of its facts, "p" and 16 random letters; %NULL before it is queued. @content
 * is a keyed hash of what is on the label, by which a later change is noticed. @reprint_of is the
 * id of the print that this one repeats, and @reason says why; both %NULL for a first print.
 * @station is the one that queued it, whose printers print it. @detail is what the printer said. */
typedef struct
{
  char          *id;
  char          *runner_id;
  guint          bib;
  char          *layout;
  char          *stock;
  char          *printer;
  char          *batch;
  char          *content;
  char          *reprint_of;
  char          *reason;
  char          *station;
  char          *operator_name;
  gint64         queued_usec;
  ConcPrintState state;
  gint64         state_usec;
  char          *detail;
} ConcPrint;

GType          conc_print_get_type (void);
ConcPrint     *conc_print_new (void);
ConcPrint     *conc_print_copy (const ConcPrint *print);
void           conc_print_free (ConcPrint *print);
const char    *conc_print_state_to_text (ConcPrintState state);
const char    *conc_print_state_get_title (ConcPrintState state);
ConcPrintState conc_print_state_from_text (const char *text);
ConcBody      *conc_print_to_body (const ConcPrint *print, const char *at);
ConcBody      *conc_print_to_state_body (const ConcPrint *print, const char *at);
ConcPrint     *conc_print_from_merged (const char *id, const ConcMerged *merged);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcPrint, conc_print_free)

G_END_DECLS
