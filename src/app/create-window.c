/* create-window.c: asks what a new race needs, and where it is to be saved. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/create-window.h"

#include "app/background.h"
#include "app/setup/setting-row.h"

#include <glib/gi18n.h>

#define N_ROWS 6u

struct _ConcCreateWindow
{
  AdwWindow parent_instance;

  /* template */
  ConcSettingRow *name_row;
  ConcSettingRow *date_row;
  ConcSettingRow *timezone_row;
  ConcSettingRow *distance_row;
  ConcSettingRow *laps_row;
  ConcSettingRow *goal_row;
  GtkInfoBar     *info_bar;
  GtkLabel       *info_label;

  /* owned */
  char *path;
};

enum
{
  CREATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcCreateWindow, conc_create_window, ADW_TYPE_WINDOW)

static void
list_rows (ConcCreateWindow *self, ConcSettingRow *ret_rows[N_ROWS])
{
  ret_rows[0] = self->name_row;
  ret_rows[1] = self->date_row;
  ret_rows[2] = self->timezone_row;
  ret_rows[3] = self->distance_row;
  ret_rows[4] = self->laps_row;
  ret_rows[5] = self->goal_row;
}

static void
judge_cb (ConcCreateWindow *self)
{
  ConcSettingRow *rows[N_ROWS];
  gboolean        is_valid = TRUE;

  list_rows (self, rows);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *value = rows[i] != NULL ? conc_setting_row_dup_value (rows[i]) : NULL;

      is_valid = is_valid && value != NULL;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "create.save", is_valid);
}

typedef struct
{
  char         *path;
  ConcSettings *settings;
} Creation;

static void
creation_free (gpointer pointer)
{
  Creation *creation = pointer;

  g_free (creation->path);
  conc_settings_unref (creation->settings);
  g_free (creation);
}

static char *
create (gpointer data, GError **error)
{
  Creation *creation = data;
  g_autoptr (ConcRaceFile) file =
      conc_race_file_create (creation->path, creation->settings, conc_clock_get_system (), error);

  if (file == NULL)
    return NULL;
  conc_race_file_close (file);
  return g_strdup ("");
}

static void
created (GObject *owner, const char *sentence, const GError *error)
{
  ConcCreateWindow *self = CONC_CREATE_WINDOW (owner);

  if (error != NULL)
    {
      gtk_label_set_label (self->info_label, error->message);
      gtk_info_bar_set_revealed (self->info_bar, TRUE);
      return;
    }
  g_signal_emit (self, signals[CREATED], 0, self->path);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
start_creation (ConcCreateWindow *self)
{
  Creation       *creation = g_new0 (Creation, 1);
  ConcSettingRow *rows[N_ROWS];

  creation->path = g_strdup (self->path);
  creation->settings = conc_settings_new ();
  list_rows (self, rows);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *value = conc_setting_row_dup_value (rows[i]);

      conc_settings_set (creation->settings, conc_setting_row_get_setting (rows[i]), value);
    }
  conc_background_run (G_OBJECT (self), create, creation, creation_free, created);
}

static void
response_cb (GtkNativeDialog *dialog, int response, ConcCreateWindow *self)
{
  g_autoptr (GFile) file = NULL;
  char *path;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  g_object_unref (dialog);
  if (path == NULL)
    return;
  g_free (self->path);
  self->path = path;
  start_creation (self);
}

/* "NOT IN OUR CITY 5K.race": a name that every file system takes. */
static char *
dup_file_name (ConcCreateWindow *self)
{
  g_autofree char *name = conc_setting_row_dup_value (self->name_row);

  return g_strconcat (g_strdelimit (name, "/\\:*?\"<>|", '-'), ".race", NULL);
}

static void
save_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ConcCreateWindow     *self = CONC_CREATE_WINDOW (widget);
  g_autofree char      *name = dup_file_name (self);
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save the New Race"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
conc_create_window_finalize (GObject *object)
{
  g_free (CONC_CREATE_WINDOW (object)->path);
  G_OBJECT_CLASS (conc_create_window_parent_class)->finalize (object);
}

static void
conc_create_window_class_init (ConcCreateWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = conc_create_window_finalize;
  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (CONC_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/create-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, date_row);
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, timezone_row);
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, distance_row);
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, laps_row);
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, goal_row);
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, info_bar);
  gtk_widget_class_bind_template_child (widget_class, ConcCreateWindow, info_label);
  gtk_widget_class_bind_template_callback (widget_class, judge_cb);
  gtk_widget_class_install_action (widget_class, "create.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* What is likely: today, here. The name is left to be typed. */
static void
conc_create_window_init (ConcCreateWindow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) today = g_date_time_new_now (zone);
  g_autofree char *date = g_date_time_format (today, "%Y-%m-%d");
  g_autofree char *zone_name =
      conc_setting_normalise (CONC_SETTING_TIMEZONE, g_time_zone_get_identifier (zone), NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  conc_setting_row_set_text (self->date_row, date);
  if (zone_name != NULL)
    conc_setting_row_set_text (self->timezone_row, zone_name);
  judge_cb (self);
  gtk_widget_child_focus (GTK_WIDGET (self->name_row), GTK_DIR_TAB_FORWARD);
}

GtkWidget *
conc_create_window_new (GtkWindow *parent)
{
  return g_object_new (CONC_TYPE_CREATE_WINDOW, "transient-for", parent, NULL);
}
