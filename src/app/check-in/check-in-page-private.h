/* check-in-page-private.h: what the parts of the check-in page share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/check-in/joint-deed.h"
#include "app/check-in/check-in-page.h"
#include "app/check-in/desk-search.h"
#include "app/check-in/done-card.h"
#include "app/check-in/runner-card.h"
#include "app/check-in/waiver-form.h"
#include "app/check-in/walk-up-form.h"
#include "app/scan.h"
#include "app/story/story-view.h"

G_BEGIN_DECLS

struct _ConcCheckInPage
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget       *content;
  ConcDeskSearch  *search;
  GListStore      *recent;
  GtkStack        *card_stack;
  ConcRunnerCard  *card;
  ConcDoneCard    *done_card;
  ConcWalkUpForm  *walk_up_form;
  ConcWaiverForm  *waiver_form;
  GtkLabel        *story_heading;
  ConcStoryView   *story_view;
  GtkToggleButton *progress_button;

  /* owned */
  ConcSession    *session;
  ConcDeskReader *desk;    /* of the race as it is; NULL: to be read again */
  ConcMatch      *shown;   /* whose card is shown */
  ConcMatch      *pending; /* whose check-in is on its way to the disk */
  ConcMatch      *done;    /* whose check-in is confirmed */
  char           *done_fact;
  ConcJointDeed  *done_joint; /* what was done together, instead of one fact */
  GHashTable     *deeds;      /* by the id of a runner: what this desk did last about them */

  /* borrowed */
  GtkWidget *window; /* while the page is shown */

  /* state */
  guint group_source;
  guint pending_bib;
  guint next_bib; /* on the pile of this desk; 0: not known */
};

void            conc_check_in_page_say (ConcCheckInPage *self, const char *sentence);
void            conc_check_in_page_show (ConcCheckInPage *self, ConcMatch *match);
void            conc_check_in_page_show_id (ConcCheckInPage *self, const char *id);
void            conc_check_in_page_show_done (ConcCheckInPage *self);
void            conc_check_in_page_back (ConcCheckInPage *self);
ConcMatch      *conc_check_in_page_load (ConcCheckInPage *self, const char *id);
ConcDeskReader *conc_check_in_page_get_desk (ConcCheckInPage *self);

/* check-in-deeds.c */
void conc_check_in_page_confirm (ConcCheckInPage *self, gboolean is_sure);
void conc_check_in_page_check_in (ConcCheckInPage *self, guint bib, gboolean may_take);
void conc_check_in_page_check_in_group (ConcCheckInPage *self);
void conc_check_in_page_check_out (ConcCheckInPage *self, const char *id);
void conc_check_in_page_do (ConcCheckInPage *self, ConcCommand *command, const char *sentence);
void conc_check_in_page_registered (ConcCheckInPage *self, const char *id, ConcJointDeed *bundle);
void conc_check_in_page_undo_done (ConcCheckInPage *self);
void conc_check_in_page_undo_last (ConcCheckInPage *self);
const char *conc_check_in_page_get_last (ConcCheckInPage *self, const char *id);
GHashTable *conc_check_in_page_new_deeds (void);

/* check-in-actions.c */
void conc_check_in_page_install_actions (GtkWidgetClass *widget_class);

/* check-in-scan.c */
gboolean conc_check_in_page_take_scan (ConcScanTarget *target, const ConcScanned *scanned);

G_END_DECLS
