/* walk-up-form.h: registers somebody who comes to the desk without a registration. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/joint-deed.h"
#include "app/session.h"
#include "store/desk-reader.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Signals: "registered" (string runner_id, ConcJointDeed all_of_it); "known" (string runner_id): it
 * is this one, who is registered; "closed". */
#define CONC_TYPE_WALK_UP_FORM (conc_walk_up_form_get_type ())
G_DECLARE_FINAL_TYPE (ConcWalkUpForm, conc_walk_up_form, CONC, WALK_UP_FORM, GtkWidget)

void     conc_walk_up_form_begin (ConcWalkUpForm *self,
                                  ConcSession    *session,
                                  ConcDeskReader *desk,
                                  const char     *typed,
                                  guint           bib);
void     conc_walk_up_form_begin_transfer (ConcWalkUpForm   *self,
                                           ConcSession      *session,
                                           ConcDeskReader   *desk,
                                           const ConcRunner *from);
void     conc_walk_up_form_set_bib (ConcWalkUpForm *self, guint bib);
guint    conc_walk_up_form_get_bib (ConcWalkUpForm *self);
gboolean conc_walk_up_form_is_transfer (ConcWalkUpForm *self);

G_END_DECLS
