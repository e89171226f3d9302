/* fact.h: something that happened, written once and never changed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/body.h"
#include "core/hlc.h"
#include "core/ids.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_KIND_RUNNER,
  CONC_KIND_RUNNER_PRIVATE,
  CONC_KIND_RUNNER_SET,
  CONC_KIND_RUNNER_SET_PRIVATE,
  CONC_KIND_BIB,
  CONC_KIND_CHECK_IN,
  CONC_KIND_RUNNER_REMOVED,
  CONC_KIND_RUNNER_APART,
  CONC_KIND_WAIVER,
  CONC_KIND_GUN,
  CONC_KIND_START,
  CONC_KIND_TAP,
  CONC_KIND_CROSSING,
  CONC_KIND_TAP_BIB,
  CONC_KIND_CHUTE,
  CONC_KIND_CHUTE_SET,
  CONC_KIND_STREAM,
  CONC_KIND_READ,
  CONC_KIND_READ_SET,
  CONC_KIND_CHIP,
  CONC_KIND_RULING,
  CONC_KIND_RULING_REASON,
  CONC_KIND_REPAIR,
  CONC_KIND_GUN_SEEN,
  CONC_KIND_CLOCK,
  CONC_KIND_GIFT,
  CONC_KIND_GIFT_PRIVATE,
  CONC_KIND_FEE,
  CONC_KIND_PRINT,
  CONC_KIND_PRINT_STATE,
  CONC_KIND_SETTING,
  CONC_KIND_STATION,
  CONC_KIND_STATION_LOGIN,
  CONC_KIND_SETTLE,
  CONC_KIND_UNDO,
  CONC_N_KINDS
} ConcKind;

#define CONC_KIND_NONE CONC_N_KINDS

/* What a subject is: every kind but undo and settle, which can be about any subject, belongs to
 * one family. */
typedef enum
{
  CONC_FAMILY_RUNNER,
  CONC_FAMILY_GUN,
  CONC_FAMILY_START,
  CONC_FAMILY_TAP,
  CONC_FAMILY_CHUTE,
  CONC_FAMILY_STREAM,
  CONC_FAMILY_READ,
  CONC_FAMILY_CHIP,
  CONC_FAMILY_REPAIR,
  CONC_FAMILY_GUN_SEEN,
  CONC_FAMILY_CLOCK,
  CONC_FAMILY_GIFT,
  CONC_FAMILY_FEE,
  CONC_FAMILY_PRINT,
  CONC_FAMILY_SETTING,
  CONC_FAMILY_STATION,
  CONC_N_FAMILIES
} ConcFamily;

#define CONC_FAMILY_NONE CONC_N_FAMILIES

/* The key of the body of a fact of any kind that names the facts it decides between, separated by
 * spaces. */
#define CONC_KEY_SETTLES "settles"
/* The key of the body of a removal that names what was known about the runner: the last fact of
 * each station, separated by spaces. */
#define CONC_KEY_SAW "saw"

typedef struct
{
  gatomicrefcount refs;
  ConcFactId      id;
  ConcHlc         hlc;
  ConcKind        kind;
  char           *subject;
  ConcFactId      replaces;
  char           *operator_name;
  ConcBody       *body;
} ConcFact;

ConcFact   *conc_fact_new (const ConcFactId *id,
                           ConcHlc           hlc,
                           ConcKind          kind,
                           const char       *subject,
                           const ConcFactId *replaces,
                           const char       *operator_name,
                           ConcBody         *body);
ConcFact   *conc_fact_ref (ConcFact *fact);
void        conc_fact_unref (ConcFact *fact);
int         conc_fact_compare (const ConcFact *a, const ConcFact *b);
gboolean    conc_fact_equal (const ConcFact *a, const ConcFact *b);
const char *conc_kind_to_text (ConcKind kind);
ConcKind    conc_kind_from_text (const char *text);
gboolean    conc_kind_is_private (ConcKind kind);
ConcFamily  conc_kind_get_family (ConcKind kind);
gboolean    conc_kind_founds (ConcKind kind);
ConcFamily  conc_subject_get_family (const char *subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcFact, conc_fact_unref)

G_END_DECLS
