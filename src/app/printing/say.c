/* say.c: the sentence at the foot of a page about printing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/say.h"

/* A problem is told by its words too, not only by their colour. */
void
conc_say (GtkLabel *label, const char *sentence, gboolean is_problem)
{
  gtk_label_set_label (label, sentence);
  if (is_problem)
    gtk_widget_add_css_class (GTK_WIDGET (label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
}
