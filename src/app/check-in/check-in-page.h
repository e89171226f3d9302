/* check-in-page.h: the desk where runners get their bibs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_CHECK_IN_PAGE (conc_check_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ConcCheckInPage, conc_check_in_page, CONC, CHECK_IN_PAGE, GtkWidget)

G_END_DECLS
