/* setting-row.c: edits one setting; what cannot be is said beside it and not saved. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setup/setting-row.h"

#include "app/accessible.h"

#include <glib/gi18n.h>

struct _ConcSettingRow
{
  AdwPreferencesRow parent_instance;

  /* template */
  GtkLabel    *help;
  GtkEditable *entry;
  GtkDropDown *drop_down;
  GtkWidget   *save_button;
  GtkLabel    *sentence;

  /* owned */
  ConcSession *session;
  char        *key;
  char        *values;
  GListModel  *choices;

  /* state */
  gboolean is_valid;
  gboolean is_filling;
};

enum
{
  PROP_SESSION = 1,
  PROP_KEY,
  PROP_VALUES,
  PROP_CHOICES,
  PROP_IS_VALID,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcSettingRow, conc_setting_row, ADW_TYPE_PREFERENCES_ROW)

/* An entry without a name would be silent to a screen reader; the title is its name. */
static void
name_controls (ConcSettingRow *self)
{
  const char      *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  g_autofree char *save = g_strdup_printf (_ ("Save: %s"), title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title, -1);
  conc_accessible_name_buttons (GTK_WIDGET (self->drop_down), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->save_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  save, -1);
}

static char *
dup_raw (ConcSettingRow *self)
{
  g_auto (GStrv) values = NULL;
  guint position = gtk_drop_down_get_selected (self->drop_down);

  if (self->values == NULL)
    return g_strdup (gtk_editable_get_text (self->entry));
  values = g_strsplit (self->values, ",", -1);
  return g_strdup (position < g_strv_length (values) ? values[position] : "");
}

static const char *
get_saved (ConcSettingRow *self)
{
  return self->session == NULL ? NULL
                               : conc_settings_get (conc_session_get_settings (self->session),
                                                    conc_setting_row_get_setting (self));
}

static void
say (ConcSettingRow *self, const char *sentence, gboolean is_problem)
{
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL);
  if (is_problem)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "error");
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "error");
      gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
    }
}

/* Judges what stands in the row; the button is there when there is something to save. */
static void
judge (ConcSettingRow *self)
{
  g_autofree char *raw = dup_raw (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *value =
      conc_setting_normalise (conc_setting_row_get_setting (self), raw, &error);
  gboolean is_changed = value == NULL || g_strcmp0 (value, get_saved (self)) != 0;

  say (self, error != NULL ? error->message : NULL, error != NULL);
  gtk_widget_set_visible (self->save_button, self->session != NULL && is_changed);
  gtk_widget_set_sensitive (self->save_button, value != NULL);
  self->is_valid = value != NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_VALID]);
}

static void
changed_cb (ConcSettingRow *self)
{
  if (!self->is_filling && self->key != NULL)
    judge (self);
}

static void
fill (ConcSettingRow *self, const char *text)
{
  g_auto (GStrv) values = NULL;

  self->is_filling = TRUE;
  if (self->values == NULL)
    {
      /* What the race says is not something that was typed: Ctrl+Z in the entry stops there. */
      gtk_editable_set_enable_undo (self->entry, FALSE);
      gtk_editable_set_text (self->entry, text);
      gtk_editable_set_enable_undo (self->entry, TRUE);
    }
  else
    {
      values = g_strsplit (self->values, ",", -1);
      for (guint i = 0; values[i] != NULL; i++)
        if (g_str_equal (values[i], text))
          gtk_drop_down_set_selected (self->drop_down, i);
    }
  self->is_filling = FALSE;
  gtk_widget_set_visible (self->save_button, FALSE);
}

static void
saved_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcSettingRow *self = user_data;

  if (self->session != session)
    return;
  if (error != NULL)
    say (self, error->message, TRUE);
  else
    say (self, _ ("Saved."), FALSE);
}

static void
save_cb (ConcSettingRow *self)
{
  g_autofree char *value = conc_setting_row_dup_value (self);

  if (self->session == NULL)
    gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))),
                            GTK_DIR_TAB_FORWARD);
  else if (value != NULL && g_strcmp0 (value, get_saved (self)) != 0)
    conc_session_submit (self->session,
                         conc_command_new_setting (conc_session_get_clock (self->session),
                                                   conc_setting_row_get_setting (self), value),
                         saved_cb, self);
}

static void
refresh (ConcSettingRow *self)
{
  const char *saved = get_saved (self);

  if (saved != NULL && self->key != NULL)
    {
      fill (self, saved);
      say (self, NULL, FALSE);
    }
}

/* What is being typed here is not overwritten because another setting changed. */
static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcSettingRow *self)
{
  g_autofree char *value = conc_setting_row_dup_value (self);

  if ((what & CONC_CHANGED_SETTINGS) != 0 &&
      (!gtk_widget_get_visible (self->save_button) || g_strcmp0 (value, get_saved (self)) == 0))
    refresh (self);
}

static void
set_session (ConcSettingRow *self, ConcSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
  refresh (self);
}

static void
conc_setting_row_constructed (GObject *object)
{
  ConcSettingRow *self = CONC_SETTING_ROW (object);

  G_OBJECT_CLASS (conc_setting_row_parent_class)->constructed (object);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), self->values == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->drop_down), self->values != NULL);
}

static void
conc_setting_row_dispose (GObject *object)
{
  ConcSettingRow *self = CONC_SETTING_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->choices);
  G_OBJECT_CLASS (conc_setting_row_parent_class)->dispose (object);
}

static void
conc_setting_row_finalize (GObject *object)
{
  ConcSettingRow *self = CONC_SETTING_ROW (object);

  g_free (self->key);
  g_free (self->values);
  G_OBJECT_CLASS (conc_setting_row_parent_class)->finalize (object);
}

static void
conc_setting_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcSettingRow *self = CONC_SETTING_ROW (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_VALUES:
      g_value_set_string (value, self->values);
      break;
    case PROP_CHOICES:
      g_value_set_object (value, self->choices);
      break;
    case PROP_IS_VALID:
      g_value_set_boolean (value, self->is_valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_key (ConcSettingRow *self, const char *key)
{
  ConcSetting setting = conc_setting_from_key (key);

  g_return_if_fail (setting != CONC_SETTING_NONE);
  self->key = g_strdup (key);
  gtk_label_set_label (self->help, conc_setting_get_help (setting));
  fill (self, conc_setting_get_default (setting));
}

static void
conc_setting_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcSettingRow *self = CONC_SETTING_ROW (object);

  switch (id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_KEY:
      set_key (self, g_value_get_string (value));
      break;
    case PROP_VALUES:
      self->values = g_value_dup_string (value);
      gtk_widget_set_visible (GTK_WIDGET (self->entry), self->values == NULL);
      gtk_widget_set_visible (GTK_WIDGET (self->drop_down), self->values != NULL);
      break;
    case PROP_CHOICES:
      g_set_object (&self->choices, g_value_get_object (value));
      self->is_filling = TRUE;
      gtk_drop_down_set_model (self->drop_down, self->choices);
      self->is_filling = FALSE;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags writing = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION, writing);
  props[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, writing);
  props[PROP_VALUES] = g_param_spec_string ("values", NULL, NULL, NULL, writing);
  props[PROP_CHOICES] = g_param_spec_object ("choices", NULL, NULL, G_TYPE_LIST_MODEL, writing);
  props[PROP_IS_VALID] = g_param_spec_boolean ("is-valid", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
conc_setting_row_class_init (ConcSettingRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = conc_setting_row_constructed;
  object_class->dispose = conc_setting_row_dispose;
  object_class->finalize = conc_setting_row_finalize;
  object_class->get_property = conc_setting_row_get_property;
  object_class->set_property = conc_setting_row_set_property;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/setup/setting-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcSettingRow, help);
  gtk_widget_class_bind_template_child (widget_class, ConcSettingRow, entry);
  gtk_widget_class_bind_template_child (widget_class, ConcSettingRow, drop_down);
  gtk_widget_class_bind_template_child (widget_class, ConcSettingRow, save_button);
  gtk_widget_class_bind_template_child (widget_class, ConcSettingRow, sentence);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
conc_setting_row_init (ConcSettingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (name_controls), NULL);
}

ConcSetting
conc_setting_row_get_setting (ConcSettingRow *self)
{
  return conc_setting_from_key (self->key);
}

/* The value in the form in which it is kept; NULL when what stands there cannot be. */
char *
conc_setting_row_dup_value (ConcSettingRow *self)
{
  g_autofree char *raw = dup_raw (self);

  return conc_setting_normalise (conc_setting_row_get_setting (self), raw, NULL);
}

void
conc_setting_row_set_text (ConcSettingRow *self, const char *text)
{
  fill (self, text);
  judge (self);
}
