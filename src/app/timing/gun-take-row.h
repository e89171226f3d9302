/* gun-take-row.h: the gun as another station took it, with the difference. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/reader-gun.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_GUN_TAKE_ROW (conc_gun_take_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcGunTakeRow, conc_gun_take_row, CONC, GUN_TAKE_ROW, GtkWidget)

/* Signal "use": this one is to be the one that counts. */
GtkWidget *conc_gun_take_row_new (const ConcGunTake *take, const char *name, gint64 counts_usec);
gint64     conc_gun_take_row_get_at_usec (ConcGunTakeRow *self);

G_END_DECLS
