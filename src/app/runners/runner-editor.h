/* runner-editor.h: the panel in which a runner is registered or changed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Signals: "closed", and "show-runner" (string id) when another runner should be looked at. */
#define CONC_TYPE_RUNNER_EDITOR (conc_runner_editor_get_type ())
G_DECLARE_FINAL_TYPE (ConcRunnerEditor, conc_runner_editor, CONC, RUNNER_EDITOR, GtkWidget)

gboolean conc_runner_editor_edit (ConcRunnerEditor *self, const ConcRunner *runner);
gboolean conc_runner_editor_add (ConcRunnerEditor *self, guint next_bib);
void     conc_runner_editor_refresh (ConcRunnerEditor *self, const ConcRunner *runner);

G_END_DECLS
