/* progress-model.h: how check-in is getting on, kept current for the widgets that show it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "store/reader-progress.h"

G_BEGIN_DECLS

/* Signal "changed": there is something new to show. Read on a worker, and only while it is active.
 */
#define CONC_TYPE_PROGRESS_MODEL (conc_progress_model_get_type ())
G_DECLARE_FINAL_TYPE (ConcProgressModel, conc_progress_model, CONC, PROGRESS_MODEL, GObject)

ConcProgressModel *conc_progress_model_new (void);
void               conc_progress_model_set_session (ConcProgressModel *self, ConcSession *session);
ConcSession       *conc_progress_model_get_session (ConcProgressModel *self);
void               conc_progress_model_set_active (ConcProgressModel *self, gboolean is_active);

/* NULL before it was read. */
const ConcProgress *conc_progress_model_get_progress (ConcProgressModel *self);

G_END_DECLS
