/* runner-card.h: who stands at the desk, and what is still to settle. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/bib-box.h"
#include "app/check-in/checklist.h"
#include "app/check-in/group-box.h"
#include "app/check-in/match.h"
#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_RUNNER_CARD (conc_runner_card_get_type ())
G_DECLARE_FINAL_TYPE (ConcRunnerCard, conc_runner_card, CONC, RUNNER_CARD, GtkWidget)

void           conc_runner_card_show (ConcRunnerCard *self,
                                      ConcMatch      *match,
                                      GPtrArray      *items,
                                      ConcDeskReader *desk);
void           conc_runner_card_set_session (ConcRunnerCard *self, ConcSession *session);
ConcChecklist *conc_runner_card_get_checklist (ConcRunnerCard *self);
ConcBibBox    *conc_runner_card_get_bib_box (ConcRunnerCard *self);
ConcGroupBox  *conc_runner_card_get_group_box (ConcRunnerCard *self);
gboolean       conc_runner_card_is_typing (ConcRunnerCard *self);
void           conc_runner_card_say (ConcRunnerCard *self, const char *sentence);
void           conc_runner_card_set_last (ConcRunnerCard *self, const char *sentence);

G_END_DECLS
