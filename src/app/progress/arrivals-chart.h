/* arrivals-chart.h: how many came to check-in in each five minutes, as bars. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Properties: "session" (ConcSession) and "compact" (boolean: small, with only the first and the
 * last time below it). It keeps itself current while it is on the screen. */
#define CONC_TYPE_ARRIVALS_CHART (conc_arrivals_chart_get_type ())
G_DECLARE_FINAL_TYPE (ConcArrivalsChart, conc_arrivals_chart, CONC, ARRIVALS_CHART, GtkWidget)

G_END_DECLS
