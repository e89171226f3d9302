/* beneficiary-row.c: edits one beneficiary. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/setup/beneficiary-row.h"

struct _ConcBeneficiaryRow
{
  GtkListBoxRow parent_instance;

  /* template */
  GtkEditable   *name_entry;
  GtkSpinButton *percent_spin;
};

enum
{
  EDITED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcBeneficiaryRow, conc_beneficiary_row, GTK_TYPE_LIST_BOX_ROW)

static void
edited_cb (ConcBeneficiaryRow *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static void
remove_cb (ConcBeneficiaryRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
conc_beneficiary_row_class_init (ConcBeneficiaryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  signals[EDITED] =
      g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] =
      g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/setup/beneficiary-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcBeneficiaryRow, name_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcBeneficiaryRow, percent_spin);
  gtk_widget_class_bind_template_callback (widget_class, edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
conc_beneficiary_row_init (ConcBeneficiaryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
conc_beneficiary_row_new (const char *name, guint percent)
{
  ConcBeneficiaryRow *self = g_object_new (CONC_TYPE_BENEFICIARY_ROW, NULL);

  gtk_editable_set_text (self->name_entry, name);
  gtk_spin_button_set_value (self->percent_spin, percent);
  return GTK_WIDGET (self);
}

const char *
conc_beneficiary_row_get_name (ConcBeneficiaryRow *self)
{
  return gtk_editable_get_text (self->name_entry);
}

guint
conc_beneficiary_row_get_percent (ConcBeneficiaryRow *self)
{
  return (guint) gtk_spin_button_get_value_as_int (self->percent_spin);
}
