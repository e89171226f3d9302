/* gun-row.h: the gun of one wave: fires or sets it, says when it was, corrects it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "app/timing/key-time.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_GUN_ROW (conc_gun_row_get_type ())
G_DECLARE_FINAL_TYPE (ConcGunRow, conc_gun_row, CONC, GUN_ROW, GtkWidget)

/* What a press does: nothing once this station has taken the gun. */
typedef enum
{
  CONC_GUN_DEED_NONE,
  CONC_GUN_DEED_FIRE,
  CONC_GUN_DEED_COMPARE
} ConcGunDeed;

GtkWidget  *conc_gun_row_new (ConcSession *session, const char *wave);
const char *conc_gun_row_get_wave (ConcGunRow *self);
gint64      conc_gun_row_get_at_usec (ConcGunRow *self);
void        conc_gun_row_set_at_usec (ConcGunRow *self, gint64 at_usec);
ConcGunDeed conc_gun_row_get_deed (ConcGunRow *self);
void        conc_gun_row_tick (ConcGunRow *self);
void        conc_gun_row_set_is_next (ConcGunRow *self, gboolean is_next);
void        conc_gun_row_fire (ConcGunRow *self, const ConcKeyTime *time);

G_END_DECLS
