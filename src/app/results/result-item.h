/* result-item.h: a finisher as a row of a list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/scoreboard.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Properties, all text to show: "place", "bib", "name", "sex", "age", "division", "gun", "net". */
#define CONC_TYPE_RESULT_ITEM (conc_result_item_get_type ())
G_DECLARE_FINAL_TYPE (ConcResultItem, conc_result_item, CONC, RESULT_ITEM, GObject)

ConcResultItem *conc_result_item_new (const ConcResult *result, int list, ConcRounding rounding);
const char     *conc_result_item_get_key (ConcResultItem *self);
void            conc_result_item_update (ConcResultItem   *self,
                                         const ConcResult *result,
                                         int               list,
                                         ConcRounding      rounding);

G_END_DECLS
