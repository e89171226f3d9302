/* accessible.c: gives a name to the buttons that GTK puts into its own widgets. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/accessible.h"

/* GTK 4.8 leaves the button inside a menu button, a drop-down and an info bar without the name of
 * the whole, and it is that button which a screen reader comes to. */
void
conc_accessible_name_buttons (GtkWidget *widget, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BUTTON (child))
        gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                        -1);
      else
        conc_accessible_name_buttons (child, name);
    }
}
