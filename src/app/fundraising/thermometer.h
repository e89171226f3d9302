/* thermometer.h: the tube of the projector's thermometer as a widget, with its ticks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/display/tube.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define CONC_TYPE_THERMOMETER (conc_thermometer_get_type ())
G_DECLARE_FINAL_TYPE (ConcThermometer, conc_thermometer, CONC, THERMOMETER, GtkWidget)

const ConcTubeInks *conc_thermometer_get_inks (void);
void                conc_thermometer_set_money (ConcThermometer *self, const ConcSceneMoney *money);

G_END_DECLS
