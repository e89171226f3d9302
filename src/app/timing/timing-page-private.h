/* timing-page-private.h: what the files of the timing page share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ladder/ladder-view.h"
#include "app/scan.h"
#include "app/timing/gun-row.h"
#include "app/timing/race-clock.h"
#include "app/timing/tap-list.h"
#include "app/timing/timing-keys.h"
#include "app/timing/timing-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _ConcTimingPage
{
  GtkWidget parent_instance;

  /* template */
  ConcRaceClock      *clock;
  GtkLabel           *state_label;
  GtkDropDown        *wave_choice;
  GtkBox             *guns;
  GtkStack           *list_stack;
  GtkListView        *list;
  GtkScrolledWindow  *scroller;
  GtkWidget          *newest_button;
  GtkEditable        *bib_entry;
  GtkWidget          *away_label;
  GtkLabel           *bib_label;
  GtkLabel           *message;
  GtkWidget          *message_undo;
  AdwStatusPage      *empty_page;
  GtkLabel           *rate_label;
  GtkSingleSelection *selection;
  GtkToggleButton    *ladder_button;
  ConcLadderView     *ladder;

  /* owned */
  ConcSession    *session;
  ConcTapList    *taps;
  ConcTimingKeys *keys;
  GPtrArray      *gun_rows;  /* of ConcGunRow, borrowed from @guns */
  GHashTable     *views;     /* of ConcTapView that show a row now */
  char           *replaced;  /* the chute bib that the next number replaces; NULL: the last */
  char           *said_fact; /* what the message tells of, as long as it is a bib */

  /* state */
  guint    said_bib;
  guint    last_bib;
  gboolean knows_last;
  gboolean is_replacing; /* the next number replaces the last bib */
  gboolean sticks_to_end;
  double   last_value;
  guint    scroll_source;
  guint    rate_source;
};

/* timing-guns.c */
void conc_timing_page_init_guns (ConcTimingPage *self);
void conc_timing_page_load_guns (ConcTimingPage *self);
void conc_timing_page_update_clock (ConcTimingPage *self);
void conc_timing_page_tick_guns (ConcTimingPage *self);
void conc_timing_page_fire_next (ConcTimingPage *self, guint32 event_msec);

/* timing-list.c */
void        conc_timing_page_init_list (ConcTimingPage *self);
void        conc_timing_page_set_taps (ConcTimingPage *self, ConcTapList *taps);
gboolean    conc_timing_page_shows_ladder (ConcTimingPage *self);
void        conc_timing_page_choose_list (ConcTimingPage *self);
void        conc_timing_page_scroll_to_end (ConcTimingPage *self);
ConcTapRow *conc_timing_page_get_selected (ConcTimingPage *self);
void        conc_timing_page_select (ConcTimingPage *self, guint position);
void        conc_timing_page_move_selection (ConcTimingPage *self, int direction);
void        conc_timing_page_undo_row (ConcTimingPage *self, ConcTapRow *row);

/* timing-bibs.c */
void     conc_timing_page_say (ConcTimingPage *self, const char *sentence, gboolean is_trouble);
void     conc_timing_page_say_done (ConcTimingPage *self, const char *sentence, const char *fact);
void     conc_timing_page_tap (ConcTimingPage *self, guint32 event_msec);
gboolean conc_timing_page_give_bib (ConcTimingPage *self);
void     conc_timing_page_give_unread (ConcTimingPage *self);
void     conc_timing_page_last_was_wrong (ConcTimingPage *self);
void     conc_timing_page_update_said (ConcTimingPage *self);
void     conc_timing_page_leave_wrong (ConcTimingPage *self);
void     conc_timing_page_correct (ConcTimingPage *self, const char *entry, guint bib);
gboolean conc_timing_page_take_scan (ConcScanTarget *target, const ConcScanned *scanned);
void     conc_timing_page_update_target (ConcTimingPage *self);

G_END_DECLS
