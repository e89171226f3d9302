/* beside-layout.h: words with controls beside them, or below where there is no room. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_BESIDE_LAYOUT (conc_beside_layout_get_type ())
G_DECLARE_FINAL_TYPE (ConcBesideLayout, conc_beside_layout, CONC, BESIDE_LAYOUT, GtkLayoutManager)

G_END_DECLS
