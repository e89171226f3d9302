/* beneficiary-list.c: edits the beneficiaries; they are saved together, when they add up to 100. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setup/beneficiary-list.h"

#include "app/setup/beneficiary-row.h"
#include "core/beneficiaries.h"

#include <glib/gi18n.h>

struct _ConcBeneficiaryList
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget  *content;
  GtkListBox *list_box;
  GtkLabel   *sentence;
  GtkWidget  *save_button;

  /* owned */
  ConcSession *session;

  /* state */
  gboolean is_filling;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcBeneficiaryList, conc_beneficiary_list, GTK_TYPE_WIDGET)

static void judge (ConcBeneficiaryList *self);

static GPtrArray *
dup_list (ConcBeneficiaryList *self)
{
  GPtrArray     *list = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_beneficiary_free);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list_box, i)) != NULL; i++)
    {
      ConcBeneficiary *each = g_new0 (ConcBeneficiary, 1);

      each->name = g_strdup (conc_beneficiary_row_get_name (CONC_BENEFICIARY_ROW (row)));
      each->percent = conc_beneficiary_row_get_percent (CONC_BENEFICIARY_ROW (row));
      g_ptr_array_add (list, each);
    }
  return list;
}

/* NULL with a sentence when the list cannot be so. */
static char *
dup_value (ConcBeneficiaryList *self, GError **error)
{
  g_autoptr (GPtrArray) list = dup_list (self);
  g_autofree char *text = conc_beneficiaries_to_text (list);

  return conc_setting_normalise (CONC_SETTING_BENEFICIARIES, text, error);
}

static void
removed_cb (ConcBeneficiaryRow *row, ConcBeneficiaryList *self)
{
  gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  judge (self);
}

static GtkWidget *
add_row (ConcBeneficiaryList *self, const char *name, guint percent)
{
  GtkWidget *row = conc_beneficiary_row_new (name, percent);

  g_signal_connect_object (row, "edited", G_CALLBACK (judge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (removed_cb), self, 0);
  gtk_list_box_append (self->list_box, row);
  return row;
}

static void
say (ConcBeneficiaryList *self, const char *sentence, gboolean is_problem)
{
  gtk_label_set_label (self->sentence, sentence);
  if (is_problem)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "error");
}

static const char *
get_saved (ConcBeneficiaryList *self)
{
  return self->session != NULL ? conc_settings_get (conc_session_get_settings (self->session),
                                                    CONC_SETTING_BENEFICIARIES)
                               : NULL;
}

static void
judge (ConcBeneficiaryList *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  if (self->is_filling)
    return;
  value = dup_value (self, &error);
  say (self, error != NULL ? error->message : _ ("The shares add up to 100 percent."),
       error != NULL);
  gtk_widget_set_visible (self->save_button, g_strcmp0 (value, get_saved (self)) != 0);
  gtk_widget_set_sensitive (self->save_button, value != NULL);
}

static void
refresh (ConcBeneficiaryList *self)
{
  g_autoptr (GPtrArray) list = NULL;
  GtkListBoxRow *row;

  self->is_filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  if (self->session != NULL)
    list = conc_settings_dup_beneficiaries (conc_session_get_settings (self->session));
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const ConcBeneficiary *each = g_ptr_array_index (list, i);

      add_row (self, each->name, each->percent);
    }
  self->is_filling = FALSE;
  if (self->session != NULL)
    judge (self);
}

static void
add_cb (ConcBeneficiaryList *self)
{
  gtk_widget_child_focus (add_row (self, "", 0), GTK_DIR_TAB_FORWARD);
  judge (self);
}

static void
saved_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcBeneficiaryList *self = user_data;

  if (self->session == session)
    say (self, error != NULL ? error->message : _ ("Saved."), error != NULL);
}

static void
save_cb (ConcBeneficiaryList *self)
{
  g_autofree char *value = dup_value (self, NULL);

  if (value != NULL && self->session != NULL)
    conc_session_submit (self->session,
                         conc_command_new_setting (conc_session_get_clock (self->session),
                                                   CONC_SETTING_BENEFICIARIES, value),
                         saved_cb, self);
}

/* A list that is being edited stays as it is. */
static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcBeneficiaryList *self)
{
  g_autofree char *value = dup_value (self, NULL);

  if ((what & CONC_CHANGED_SETTINGS) != 0 &&
      (!gtk_widget_get_visible (self->save_button) || g_strcmp0 (value, get_saved (self)) == 0))
    refresh (self);
}

static void
set_session (ConcBeneficiaryList *self, ConcSession *session)
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
conc_beneficiary_list_dispose (GObject *object)
{
  ConcBeneficiaryList *self = CONC_BENEFICIARY_LIST (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_BENEFICIARY_LIST);
  G_OBJECT_CLASS (conc_beneficiary_list_parent_class)->dispose (object);
}

static void
conc_beneficiary_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_BENEFICIARY_LIST (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_beneficiary_list_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_BENEFICIARY_LIST (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_beneficiary_list_class_init (ConcBeneficiaryListClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_beneficiary_list_dispose;
  object_class->get_property = conc_beneficiary_list_get_property;
  object_class->set_property = conc_beneficiary_list_set_property;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (CONC_TYPE_BENEFICIARY_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/setup/beneficiary-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcBeneficiaryList, content);
  gtk_widget_class_bind_template_child (widget_class, ConcBeneficiaryList, list_box);
  gtk_widget_class_bind_template_child (widget_class, ConcBeneficiaryList, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcBeneficiaryList, save_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
conc_beneficiary_list_init (ConcBeneficiaryList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
