/* results-page.h: the results, live, and their export. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_RESULTS_PAGE (conc_results_page_get_type ())
G_DECLARE_FINAL_TYPE (ConcResultsPage, conc_results_page, CONC, RESULTS_PAGE, GtkWidget)

G_END_DECLS
