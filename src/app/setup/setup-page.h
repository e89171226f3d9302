/* setup-page.h: the settings of the race, and the care of its file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_SETUP_PAGE (conc_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (ConcSetupPage, conc_setup_page, CONC, SETUP_PAGE, AdwBin)

G_END_DECLS
