/* test-templates.c: every template is built, and everything in it has a name for a screen reader.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-view.h"
#include "app/check-in/bib-box.h"
#include "app/check-in/check-in-page.h"
#include "app/check-in/check-row.h"
#include "app/check-in/checklist.h"
#include "app/check-in/desk-message.h"
#include "app/check-in/desk-search.h"
#include "app/check-in/done-card.h"
#include "app/check-in/group-box.h"
#include "app/check-in/group-row.h"
#include "app/check-in/recent-row.h"
#include "app/check-in/runner-card.h"
#include "app/check-in/waiver-form.h"
#include "app/check-in/walk-up-form.h"
#include "app/create-window.h"
#include "app/desk/card-row.h"
#include "app/desk/desk-button.h"
#include "app/ladder/ladder-strip.h"
#include "app/ladder/ladder-view.h"
#include "app/operator-button.h"
#include "app/desk/desk-window.h"
#include "app/display/display-window.h"
#include "app/fundraising/fundraising-page.h"
#include "app/fundraising/till.h"
#include "app/printing/label-line.h"
#include "app/printing/length-row.h"
#include "app/printing/order-view.h"
#include "app/printing/print-window.h"
#include "app/printing/printer-view.h"
#include "app/printing/queue-button.h"
#include "app/printing/queue-row.h"
#include "app/printing/queue-view.h"
#include "app/printing/stock-editor.h"
#include "app/progress/arrivals-chart.h"
#include "app/progress/count-row.h"
#include "app/progress/progress-view.h"
#include "app/results/results-page.h"
#include "app/runners/bibs-window.h"
#include "app/runners/import-window.h"
#include "app/runners/runner-editor.h"
#include "app/runners/runners-page.h"
#include "app/setup/beneficiary-list.h"
#include "app/setup/beneficiary-row.h"
#include "app/setup/setting-row.h"
#include "app/setup/setup-page.h"
#include "app/start-page.h"
#include "app/story/story-row.h"
#include "app/story/story-view.h"
#include "app/sync/host-window.h"
#include "app/sync/invite-window.h"
#include "app/sync/join-window.h"
#include "app/sync/station-row.h"
#include "app/sync/stick-bar.h"
#include "app/sync/stick-window.h"
#include "app/sync/sync-line.h"
#include "app/timing/clock-panel.h"
#include "app/timing/expected-tile.h"
#include "app/timing/expected-tiles.h"
#include "app/timing/gun-row.h"
#include "app/timing/problems-view.h"
#include "app/timing/gun-take-row.h"
#include "app/timing/late-start.h"
#include "app/timing/tap-view.h"
#include "app/timing/timing-page.h"
#include "app/types.h"
#include "app/window.h"

#include <adwaita.h>

typedef GType (*TypeFunc) (void);

/* One line for each class that has a template. */
static const struct
{
  const char *name;
  TypeFunc    get_type;
} classes[] = {
  { "beneficiary-list", conc_beneficiary_list_get_type },
  { "beneficiary-row", conc_beneficiary_row_get_type },
  { "bib-box", conc_bib_box_get_type },
  { "bibs-window", conc_bibs_window_get_type },
  { "camera-view", conc_camera_view_get_type },
  { "check-in-page", conc_check_in_page_get_type },
  { "check-row", conc_check_row_get_type },
  { "checklist", conc_checklist_get_type },
  { "create-window", conc_create_window_get_type },
  { "card-row", conc_card_row_get_type },
  { "desk-button", conc_desk_button_get_type },
  { "ladder-strip", conc_ladder_strip_get_type },
  { "ladder-view", conc_ladder_view_get_type },
  { "operator-button", conc_operator_button_get_type },
  { "desk-message", conc_desk_message_get_type },
  { "desk-search", conc_desk_search_get_type },
  { "desk-window", conc_desk_window_get_type },
  { "display-window", conc_display_window_get_type },
  { "done-card", conc_done_card_get_type },
  { "fundraising-page", conc_fundraising_page_get_type },
  { "group-box", conc_group_box_get_type },
  { "group-row", conc_group_row_get_type },
  { "clock-panel", conc_clock_panel_get_type },
  { "expected-tile", conc_expected_tile_get_type },
  { "expected-tiles", conc_expected_tiles_get_type },
  { "gun-row", conc_gun_row_get_type },
  { "gun-take-row", conc_gun_take_row_get_type },
  { "late-start", conc_late_start_get_type },
  { "host-window", conc_host_window_get_type },
  { "import-window", conc_import_window_get_type },
  { "invite-window", conc_invite_window_get_type },
  { "join-window", conc_join_window_get_type },
  { "label-line", conc_label_line_get_type },
  { "length-row", conc_length_row_get_type },
  { "order-view", conc_order_view_get_type },
  { "print-window", conc_print_window_get_type },
  { "printer-view", conc_printer_view_get_type },
  { "queue-button", conc_queue_button_get_type },
  { "queue-row", conc_queue_row_get_type },
  { "queue-view", conc_queue_view_get_type },
  { "stock-editor", conc_stock_editor_get_type },
  { "arrivals-chart", conc_arrivals_chart_get_type },
  { "count-row", conc_count_row_get_type },
  { "problems-view", conc_problems_view_get_type },
  { "progress-view", conc_progress_view_get_type },
  { "recent-row", conc_recent_row_get_type },
  { "results-page", conc_results_page_get_type },
  { "runner-card", conc_runner_card_get_type },
  { "runner-editor", conc_runner_editor_get_type },
  { "runners-page", conc_runners_page_get_type },
  { "setting-row", conc_setting_row_get_type },
  { "setup-page", conc_setup_page_get_type },
  { "start-page", conc_start_page_get_type },
  { "station-row", conc_station_row_get_type },
  { "stick-bar", conc_stick_bar_get_type },
  { "stick-window", conc_stick_window_get_type },
  { "story-row", conc_story_row_get_type },
  { "story-view", conc_story_view_get_type },
  { "sync-line", conc_sync_line_get_type },
  { "tap-view", conc_tap_view_get_type },
  { "till", conc_till_get_type },
  { "timing-page", conc_timing_page_get_type },
  { "waiver-form", conc_waiver_form_get_type },
  { "walk-up-form", conc_walk_up_form_get_type },
  { "window", conc_window_get_type },
};

static gboolean
has_label_within (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_label (GTK_LABEL (widget)) != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label_within (child))
      return TRUE;
  return FALSE;
}

static gboolean
has_accessible_label (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* Widgets that draw themselves are of this project and have the role of a picture or a meter. */
static gboolean
is_drawn (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Conc") &&
         (role == GTK_ACCESSIBLE_ROLE_IMG || role == GTK_ACCESSIBLE_ROLE_METER ||
          role == GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static gboolean
is_entry (GtkWidget *widget)
{
  return GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_PASSWORD_ENTRY (widget) ||
         GTK_IS_SPIN_BUTTON (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_SWITCH (widget) || GTK_IS_SCALE (widget) || GTK_IS_DRAWING_AREA (widget);
}

/* Controls that GTK puts into its own widgets are named, or not, by GTK. */
static gboolean
is_inside_of_gtk (GtkWidget *widget)
{
  static const char *const wholes[] = { "GtkMenuButton",     "GtkDropDown", "GtkSpinButton",
                                        "AdwEntryRow",       "AdwComboRow", "AdwSplitButton",
                                        "GtkWindowControls", NULL };

  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (g_strv_contains (wholes, G_OBJECT_TYPE_NAME (parent)))
      return TRUE;
  return gtk_widget_get_ancestor (widget, GTK_TYPE_INFO_BAR) != NULL &&
         gtk_widget_has_css_class (widget, "close");
}

static gboolean
needs_name (GtkWidget *widget)
{
  if (is_inside_of_gtk (widget))
    return FALSE;
  if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
    return !has_label_within (widget);
  return is_entry (widget) || is_drawn (widget);
}

static void
audit (GtkWidget *widget, GString *ret_nameless)
{
  if (needs_name (widget) && !has_accessible_label (widget))
    g_string_append_printf (ret_nameless, "\n  %s \"%s\" in %s", G_OBJECT_TYPE_NAME (widget),
                            gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)) != NULL
                                ? gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget))
                                : "",
                            gtk_widget_get_parent (widget) != NULL
                                ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget))
                                : "nothing");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    audit (child, ret_nameless);
}

static void
test_class (gconstpointer data)
{
  GType    type = ((TypeFunc) (gsize) data) ();
  GObject *object = g_object_new (type, NULL);
  g_autoptr (GString) nameless = g_string_new (NULL);
  GWeakRef weak;

  g_assert_true (GTK_IS_WIDGET (object));
  if (!GTK_IS_WINDOW (object))
    g_object_ref_sink (object);
  g_weak_ref_init (&weak, object);
  audit (GTK_WIDGET (object), nameless);
  if (nameless->len > 0)
    g_error ("%s has controls without a name:%s", g_type_name (type), nameless->str);

  if (GTK_IS_WINDOW (object))
    gtk_window_destroy (GTK_WINDOW (object));
  else
    g_object_unref (object);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (g_weak_ref_get (&weak));
  g_weak_ref_clear (&weak);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  conc_app_ensure_types ();
  conc_app_ensure_icons ();
  conc_app_ensure_style ();
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autofree char *path = g_strconcat ("/template/", classes[i].name, NULL);

      g_test_add_data_func (path, (gconstpointer) (gsize) classes[i].get_type, test_class);
    }
  return g_test_run ();
}
