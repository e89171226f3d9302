/* stick-bar.h: offers to exchange when a stick with a pack of this race is plugged in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Property: "session". */
#define CONC_TYPE_STICK_BAR (conc_stick_bar_get_type ())
G_DECLARE_FINAL_TYPE (ConcStickBar, conc_stick_bar, CONC, STICK_BAR, AdwBin)

G_END_DECLS
