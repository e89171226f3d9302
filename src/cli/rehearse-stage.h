/* rehearse-stage.h: plays the steps of a rehearsal on a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/rehearsal.h"
#include "store/race-file.h"

G_BEGIN_DECLS

typedef struct _ConcStage ConcStage;

ConcStage *conc_stage_new (ConcRaceFile *file, GError **error);
void       conc_stage_free (ConcStage *stage);
guint      conc_stage_count_cast (ConcStage *stage);
gboolean
conc_stage_play (ConcStage *stage, const ConcRehearsalStep *step, char **ret_line, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcStage, conc_stage_free)

G_END_DECLS
