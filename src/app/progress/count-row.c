/* count-row.c: how far one thing is, as a row: a wave, a size of shirts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/progress/count-row.h"

struct _ConcCountRow
{
  GtkListBoxRow parent_instance;

  /* template */
  GtkLabel       *title;
  GtkLabel       *detail;
  GtkLabel       *figures;
  GtkProgressBar *bar;
};

G_DEFINE_FINAL_TYPE (ConcCountRow, conc_count_row, GTK_TYPE_LIST_BOX_ROW)

void
conc_count_clear (ConcCount *count)
{
  g_free (count->title);
  g_free (count->detail);
  g_free (count->figures);
}

GtkWidget *
conc_count_row_new (void)
{
  return g_object_new (CONC_TYPE_COUNT_ROW, NULL);
}

void
conc_count_row_show (ConcCountRow *self, const ConcCount *count)
{
  g_autofree char *label = g_strdup_printf ("%s: %s %s", count->title, count->figures,
                                            count->detail != NULL ? count->detail : "");

  gtk_label_set_label (self->title, count->title);
  gtk_label_set_label (self->figures, count->figures);
  gtk_label_set_label (self->detail, count->detail != NULL ? count->detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), count->detail != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), count->share >= 0);
  if (count->share >= 0)
    gtk_progress_bar_set_fraction (self->bar, CLAMP (count->share, 0, 1));
  if (count->is_short)
    gtk_widget_add_css_class (GTK_WIDGET (self->figures), "concern");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->figures), "concern");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
conc_count_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_COUNT_ROW);
  G_OBJECT_CLASS (conc_count_row_parent_class)->dispose (object);
}

static void
conc_count_row_class_init (ConcCountRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_count_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/progress/count-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcCountRow, title);
  gtk_widget_class_bind_template_child (widget_class, ConcCountRow, detail);
  gtk_widget_class_bind_template_child (widget_class, ConcCountRow, figures);
  gtk_widget_class_bind_template_child (widget_class, ConcCountRow, bar);
}

static void
conc_count_row_init (ConcCountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
