/* window-private.h: what the files of the window share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/runners/runners-page.h"
#include "app/window.h"

G_BEGIN_DECLS

struct _ConcWindow
{
  AdwApplicationWindow parent_instance;

  /* template */
  GtkStack        *state_stack;
  GtkStack        *page_stack;
  GtkWidget       *rail;
  ConcRunnersPage *runners_page;
  AdwStatusPage   *failure_page;
  GtkWidget       *failure_retry;
  GtkWidget       *menu_button;
  GtkInfoBar      *info_bar;
  GtkLabel        *info_label;
  AdwToastOverlay *toasts;
  GtkSpinner      *spinner;

  /* owned */
  ConcSession *session;
  char        *path;

  /* borrowed */
  GtkWindow *display; /* a weak pointer */
  GtkWindow *host;    /* likewise */
  GtkWindow *print;   /* likewise */
  GtkWindow *stick;   /* likewise */

  /* state */
  gboolean wants_display;
  guint    present_source;
};

ConcRole conc_window_get_role (ConcWindow *self);
void     conc_window_install_actions (GtkWidgetClass *widget_class);
void     conc_window_update_actions (ConcWindow *self);
void     conc_window_show_display (ConcWindow *self);
void     conc_window_set_page (ConcWindow *self, const char *name);
void     conc_window_say (ConcWindow *self, const char *sentence);
void     conc_window_fail (ConcWindow *self, const char *sentence);

G_END_DECLS
