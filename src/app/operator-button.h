/* operator-button.h: asks who is at this station, and says it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CONC_TYPE_OPERATOR_BUTTON (conc_operator_button_get_type ())
G_DECLARE_FINAL_TYPE (ConcOperatorButton, conc_operator_button, CONC, OPERATOR_BUTTON, AdwBin)

G_END_DECLS
