/* start-page.h: what is shown while no race is open. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_START_PAGE (conc_start_page_get_type ())
G_DECLARE_FINAL_TYPE (ConcStartPage, conc_start_page, CONC, START_PAGE, AdwBin)

G_END_DECLS
