/* checklist.h: what is to be settled for the runner at the desk, each with what settles it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/match.h"
#include "store/desk-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The page around it offers the actions "check-in.sign",
 * "check-in.file-waiver", "check-in.name-guardian" (name), "check-in.pay" (method) and
 * "check-in.move" (field, text). */
#define CONC_TYPE_CHECKLIST (conc_checklist_get_type ())
G_DECLARE_FINAL_TYPE (ConcChecklist, conc_checklist, CONC, CHECKLIST, GtkWidget)

void
conc_checklist_show (ConcChecklist *self, ConcMatch *match, GPtrArray *items, ConcDeskReader *desk);
void        conc_checklist_show_places (ConcChecklist *self);
const char *conc_checklist_get_shirt (ConcChecklist *self);
const char *conc_checklist_get_block (ConcChecklist *self);
void        conc_checklist_focus_block (ConcChecklist *self);
gboolean    conc_checklist_is_typing (ConcChecklist *self);

G_END_DECLS
