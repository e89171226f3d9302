/* ladder-view-private.h: what the files of the view of the ladder share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ladder/ladder-strip.h"
#include "app/ladder/ladder-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _ConcLadderView
{
  GtkWidget parent_instance;

  /* template */
  GtkLabel           *summary;
  GtkStack           *stack;
  GtkScrolledWindow  *scroller;
  GtkListView        *list;
  GtkSingleSelection *selection;
  GtkButton          *newest_button;

  /* owned */
  ConcSession      *session;
  ConcReaderLadder *ladder;
  GListStore       *items;       /* of ConcLadderItem */
  GHashTable       *left;        /* ids of suspicions that somebody left as they are */
  GHashTable       *rows;        /* of GtkListItem that are bound now, borrowed */
  GPtrArray        *changed;     /* subjects since the last update */
  ConcLadderItem   *wish;        /* a repair that somebody asked for, and may apply */
  char             *block_entry; /* where a block to reverse begins */

  /* state */
  guint    n_doubts;
  guint    n_taps;
  guint    n_bibs;
  guint    n_open;
  guint    n_seen; /* items when the end was shown last */
  guint    gather_source;
  guint    scroll_source;
  gboolean wants_all;
  gboolean sticks_to_end;
  double   last_value;
};

/* ladder-view.c */
void conc_ladder_view_refresh (ConcLadderView *self);
void conc_ladder_view_correct (ConcLadderView *self, const ConcLadderLine *line);

/* ladder-list.c */
void conc_ladder_view_init_list (ConcLadderView *self);
void conc_ladder_view_follow (ConcLadderView *self);
void conc_ladder_view_show_newest (ConcLadderView *self);

/* ladder-deeds.c */
void conc_ladder_view_show (ConcLadderView *self, ConcLadderItem *item);
void conc_ladder_view_apply (ConcLadderView *self, ConcLadderItem *item);
void conc_ladder_view_leave_item (ConcLadderView *self, ConcLadderItem *item);
void conc_ladder_view_wish (ConcLadderView *self, ConcLadderItem *item, const char *action);

G_END_DECLS
