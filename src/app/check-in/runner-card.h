/* runner-card.h: who stands at the desk, and what is still to settle. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/match.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_RUNNER_CARD (conc_runner_card_get_type ())
G_DECLARE_FINAL_TYPE (ConcRunnerCard, conc_runner_card, CONC, RUNNER_CARD, GtkWidget)

void     conc_runner_card_set_match (ConcRunnerCard *self, ConcMatch *match);
void     conc_runner_card_set_waves (ConcRunnerCard *self, const char *const *waves);
void     conc_runner_card_focus_bib (ConcRunnerCard *self);
gboolean conc_runner_card_has_focus (ConcRunnerCard *self);
void     conc_runner_card_say (ConcRunnerCard *self, const char *sentence);

G_END_DECLS
