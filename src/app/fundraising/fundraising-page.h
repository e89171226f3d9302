/* fundraising-page.h: the till, the goal, and where the money goes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_FUNDRAISING_PAGE (conc_fundraising_page_get_type ())
G_DECLARE_FINAL_TYPE (ConcFundraisingPage, conc_fundraising_page, CONC, FUNDRAISING_PAGE, GtkWidget)

G_END_DECLS
