/* desk-button.h: tells in words how much there is to decide, and leads to it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Seen only while there is something to decide. Property: "session". */
#define CONC_TYPE_DESK_BUTTON (conc_desk_button_get_type ())
G_DECLARE_FINAL_TYPE (ConcDeskButton, conc_desk_button, CONC, DESK_BUTTON, AdwBin)

G_END_DECLS
