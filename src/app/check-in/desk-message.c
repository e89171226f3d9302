/* desk-message.c: says one sentence at the desk, so that no toast covers the button to check in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/desk-message.h"

struct _ConcDeskMessage
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkImage  *icon;
  GtkLabel  *label;
};

G_DEFINE_FINAL_TYPE (ConcDeskMessage, conc_desk_message, GTK_TYPE_WIDGET)

static void
say (ConcDeskMessage *self, const char *sentence, const char *icon)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "done");
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_label (self->label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self), sentence != NULL);
}

static void
conc_desk_message_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_DESK_MESSAGE);
  G_OBJECT_CLASS (conc_desk_message_parent_class)->dispose (object);
}

static void
conc_desk_message_class_init (ConcDeskMessageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_desk_message_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/desk-message.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcDeskMessage, content);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskMessage, icon);
  gtk_widget_class_bind_template_child (widget_class, ConcDeskMessage, label);
}

static void
conc_desk_message_init (ConcDeskMessage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Why something was not done, or is not to be done; NULL takes the sentence away. */
void
conc_desk_message_warn (ConcDeskMessage *self, const char *sentence)
{
  say (self, sentence, "dialog-warning-symbolic");
}

/* What was done. It stays while the next name is typed. */
void
conc_desk_message_tell (ConcDeskMessage *self, const char *sentence)
{
  say (self, sentence, "emblem-ok-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self), "done");
}

void
conc_desk_message_clear (ConcDeskMessage *self)
{
  say (self, NULL, "dialog-warning-symbolic");
}

/* Whether the sentence tells what was done. */
gboolean
conc_desk_message_is_told (ConcDeskMessage *self)
{
  return gtk_widget_has_css_class (GTK_WIDGET (self), "done");
}
