/* types.c: registers the widgets and the resource that templates refer to by name. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/types.h"

#include "app/camera/camera-view.h"
#include "app/check-in/check-in-page.h"
#include "app/check-in/runner-card.h"
#include "app/check-in/match.h"
#include "app/create-window.h"
#include "app/desk/desk-button.h"
#include "app/display/display-window.h"
#include "app/fundraising/fundraising-page.h"
#include "app/ladder/ladder-view.h"
#include "app/operator-button.h"
#include "app/printing/label-line.h"
#include "app/printing/print-window.h"
#include "app/printing/queue-button.h"
#include "app/progress/arrivals-chart.h"
#include "app/progress/progress-view.h"
#include "app/results/results-page.h"
#include "app/runners/runners-page.h"
#include "app/setup/beneficiary-list.h"
#include "app/setup/setting-row.h"
#include "app/setup/setup-page.h"
#include "app/start-page.h"
#include "app/story/story-view.h"
#include "app/sync/qr-view.h"
#include "app/sync/stick-bar.h"
#include "app/sync/sync-line.h"
#include "app/timing/clock-panel.h"
#include "app/timing/expected-tiles.h"
#include "app/timing/late-start.h"
#include "app/timing/problems-view.h"
#include "app/timing/race-clock.h"
#include "app/timing/timing-page.h"
#include "app/window.h"

#include "concourse-resources.h"

#include <adwaita.h>

#define BASE "/org/notinourcity/Concourse"

/* Call it before the first template is built. A static library keeps neither the resource nor a
 * type that nothing in C refers to. */
void
conc_app_ensure_types (void)
{
  g_resources_register (conc_get_resource ());
  g_type_ensure (CONC_TYPE_BENEFICIARY_LIST);
  g_type_ensure (CONC_TYPE_CAMERA_VIEW);
  g_type_ensure (CONC_TYPE_CHECK_IN_PAGE);
  g_type_ensure (CONC_TYPE_LABEL_LINE);
  g_type_ensure (CONC_TYPE_LADDER_VIEW);
  g_type_ensure (CONC_TYPE_OPERATOR_BUTTON);
  g_type_ensure (CONC_TYPE_PRINT_WINDOW);
  g_type_ensure (CONC_TYPE_QUEUE_BUTTON);
  g_type_ensure (CONC_TYPE_MATCH);
  g_type_ensure (CONC_TYPE_CREATE_WINDOW);
  g_type_ensure (CONC_TYPE_DESK_BUTTON);
  g_type_ensure (CONC_TYPE_EXPECTED_TILES);
  g_type_ensure (CONC_TYPE_LATE_START);
  g_type_ensure (CONC_TYPE_RUNNER_CARD);
  g_type_ensure (CONC_TYPE_FUNDRAISING_PAGE);
  g_type_ensure (CONC_TYPE_RUNNERS_PAGE);
  g_type_ensure (CONC_TYPE_ARRIVALS_CHART);
  g_type_ensure (CONC_TYPE_PROGRESS_VIEW);
  g_type_ensure (CONC_TYPE_RESULTS_PAGE);
  g_type_ensure (CONC_TYPE_SETTING_ROW);
  g_type_ensure (CONC_TYPE_SETUP_PAGE);
  g_type_ensure (CONC_TYPE_QR_VIEW);
  g_type_ensure (CONC_TYPE_START_PAGE);
  g_type_ensure (CONC_TYPE_STICK_BAR);
  g_type_ensure (CONC_TYPE_STORY_VIEW);
  g_type_ensure (CONC_TYPE_SYNC_LINE);
  g_type_ensure (CONC_TYPE_CLOCK_PANEL);
  g_type_ensure (CONC_TYPE_PROBLEMS_VIEW);
  g_type_ensure (CONC_TYPE_RACE_CLOCK);
  g_type_ensure (CONC_TYPE_TIMING_PAGE);
  g_type_ensure (CONC_TYPE_DISPLAY_WINDOW);
  g_type_ensure (CONC_TYPE_WINDOW);
}

/* What GtkApplication does for a program, for tests that have none. */
void
conc_app_ensure_icons (void)
{
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    BASE "/icons");
}

/* Likewise for the style sheet. */
void
conc_app_ensure_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, BASE "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
