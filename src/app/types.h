/* types.h: what must be known before a template is built. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void conc_app_ensure_types (void);
void conc_app_ensure_icons (void);
void conc_app_ensure_style (void);

G_END_DECLS
