/* choices.h: drop-downs of shirts, events and waves. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char **conc_choices_fill_shirts (GtkDropDown *drop, const GPtrArray *counts, const char *wanted);
void   conc_choices_fill_places (GtkDropDown       *drop,
                                 const char *const *places,
                                 const char        *chosen,
                                 const char        *none);
const char *conc_choices_get_place (GtkDropDown *drop);

G_END_DECLS
