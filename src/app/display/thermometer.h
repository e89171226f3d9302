/* thermometer.h: the tube of the projector as a widget for a page. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/display/scene.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_THERMOMETER (conc_thermometer_get_type ())
G_DECLARE_FINAL_TYPE (ConcThermometer, conc_thermometer, CONC, THERMOMETER, GtkWidget)

GtkWidget *conc_thermometer_new (void);
void       conc_thermometer_set_money (ConcThermometer *self, const ConcSceneMoney *money);

G_END_DECLS
