/* rules.h: by which rules a race is scored. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/divisions.h"
#include "core/duration.h"
#include "core/event-laps.h"

G_BEGIN_DECLS

typedef enum
{
  CONC_RANK_BY_GUN,
  CONC_RANK_BY_NET
} ConcRankBy;

typedef enum
{
  CONC_PLACES_DISTINCT,
  CONC_PLACES_SHARED
} ConcPlaces;

/* @laps is for the events that @event_laps does not name. @min_lap_usec counts only in a race of
 * several laps; @distance_mm is 0 when it is not known. */
typedef struct
{
  int            laps;
  ConcEventLaps *event_laps;
  gint64         min_lap_usec;
  ConcRankBy     rank_by;
  ConcPlaces     places;
  ConcRounding   rounding;
  gint64         distance_mm;
  ConcDivisions *divisions;
} ConcRules;

void     conc_rules_init (ConcRules *rules);
void     conc_rules_copy (const ConcRules *rules, ConcRules *ret_copy);
void     conc_rules_clear (ConcRules *rules);
gboolean conc_rules_set (ConcRules *rules, const char *key, const char *text, GError **error);
char    *conc_rules_dup_text (const ConcRules *rules, const char *key);
guint    conc_rules_get_laps (const ConcRules *rules, const char *event);
guint    conc_rules_get_most_laps (const ConcRules *rules);

const char *const *conc_rules_get_keys (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConcRules, conc_rules_clear)

G_END_DECLS
