/* desk.h: what is to be settled for a runner at the check-in desk, in plain words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"
#include "core/settings.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_DESK_BLOCKS, /* the desk does not check in before this is settled */
  CONC_DESK_WARNS,
  CONC_DESK_TELLS
} ConcDeskWeight;

typedef enum
{
  CONC_DESK_CHECKED_IN,
  CONC_DESK_ATTENDANCE,
  CONC_DESK_VIRTUAL,
  CONC_DESK_WAIVER,
  CONC_DESK_GUARDIAN,
  CONC_DESK_BALANCE,
  CONC_DESK_BIB,
  CONC_DESK_TWIN,
  CONC_DESK_EVENT,
  CONC_DESK_WAVE,
  CONC_DESK_SHIRT,
  CONC_DESK_NOTE,
  CONC_DESK_MEDICAL,
  CONC_DESK_UNNAMED,
  CONC_N_DESK_KINDS
} ConcDeskKind;

#define CONC_DESK_NOT_COUNTED (-1)

/* What a runner alone does not tell. */
typedef struct
{
  const ConcSettings *settings;
  GTimeZone          *zone;
  char              **waves;            /* of the race; NULL or empty: it has none */
  guint               n_events;         /* of the race */
  gint64              paid_cents;       /* at desks, for this runner */
  int                 n_shirts_left;    /* of the size, or CONC_DESK_NOT_COUNTED */
  guint               n_others_of_name; /* in the race */
  const char         *told_apart_by;    /* from those; NULL: by nothing */
  const char         *checked_in_at;    /* the station; NULL: not known */
  const char         *runs_instead;     /* after a transfer; NULL: not known */
} ConcDeskContext;

typedef struct
{
  ConcDeskKind   kind;
  ConcDeskWeight weight;
  char          *sentence;
} ConcDeskItem;

void        conc_desk_item_free (ConcDeskItem *item);
const char *conc_desk_kind_to_text (ConcDeskKind kind);
const char *conc_desk_weight_to_text (ConcDeskWeight weight);

/* (element-type ConcDeskItem) */
GPtrArray *conc_desk_items (const ConcRunner *runner, const ConcDeskContext *context);
gint64     conc_desk_get_due_cents (const ConcRunner *runner, gint64 paid_cents);
gboolean   conc_desk_is_minor (const ConcRunner *runner, const ConcSettings *settings);
gboolean   conc_desk_lacks_bib (const ConcRunner *runner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcDeskItem, conc_desk_item_free)

G_END_DECLS
