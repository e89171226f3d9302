/* runner-item.h: a runner as a row of a list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define CONC_TYPE_RUNNER_ITEM (conc_runner_item_get_type ())
G_DECLARE_FINAL_TYPE (ConcRunnerItem, conc_runner_item, CONC, RUNNER_ITEM, GObject)

ConcRunnerItem   *conc_runner_item_new (ConcRunner *take_runner, GTimeZone *zone);
const ConcRunner *conc_runner_item_get_runner (ConcRunnerItem *self);
void              conc_runner_item_take_runner (ConcRunnerItem *self, ConcRunner *take_runner);

G_END_DECLS
