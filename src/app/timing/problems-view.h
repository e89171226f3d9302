/* problems-view.h: what must be looked at, and who is still on course. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two lists beside each other, read on a worker when the race changes and the view is seen. A row
 * is opened with Enter or a click, and leads to the runner, or to where times get their bibs.
 * Property "session". Actions "problems.save-log" and "problems.save-protest" (uint32: the bib)
 * write papers to a file. */
#define CONC_TYPE_PROBLEMS_VIEW (conc_problems_view_get_type ())
G_DECLARE_FINAL_TYPE (ConcProblemsView, conc_problems_view, CONC, PROBLEMS_VIEW, GtkWidget)

G_END_DECLS
