/* runners-page.h: all runners: search, change, add, import and export. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_RUNNERS_PAGE (conc_runners_page_get_type ())
G_DECLARE_FINAL_TYPE (ConcRunnersPage, conc_runners_page, CONC, RUNNERS_PAGE, GtkWidget)

void conc_runners_page_show_bib (ConcRunnersPage *self, guint bib);
void conc_runners_page_show_runner (ConcRunnersPage *self, const char *id);

G_END_DECLS
