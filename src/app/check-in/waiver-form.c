/* waiver-form.c: shows the waiver and takes a signature. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/waiver-form.h"

#include "app/check-in/signature-pad.h"

struct _ConcWaiverForm
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget        *content;
  GtkLabel         *waiver_label;
  GtkEditable      *signer_entry;
  ConcSignaturePad *pad;
};

enum
{
  ACCEPTED,
  CANCELLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcWaiverForm, conc_waiver_form, GTK_TYPE_WIDGET)

static char *
dup_signer (ConcWaiverForm *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->signer_entry)));
}

static void
changed_cb (ConcWaiverForm *self)
{
  g_autofree char *signer = dup_signer (self);
  gboolean         is_empty = conc_signature_pad_is_empty (self->pad);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiver.accept", *signer != '\0' && !is_empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "waiver.clear", !is_empty);
}

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcWaiverForm  *self = CONC_WAIVER_FORM (widget);
  g_autofree char *signer = dup_signer (self);
  g_autofree char *signature = conc_signature_pad_dup_text (self->pad);

  g_signal_emit (self, signals[ACCEPTED], 0, signer, signature);
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  conc_signature_pad_clear (CONC_WAIVER_FORM (widget)->pad);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CANCELLED], 0);
}

static gboolean
conc_waiver_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_WAIVER_FORM (widget)->signer_entry));
}

static void
conc_waiver_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_WAIVER_FORM);
  G_OBJECT_CLASS (conc_waiver_form_parent_class)->dispose (object);
}

static void
conc_waiver_form_class_init (ConcWaiverFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType           type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_waiver_form_dispose;
  widget_class->grab_focus = conc_waiver_form_grab_focus;
  signals[ACCEPTED] = g_signal_new ("accepted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CANCELLED] =
      g_signal_new ("cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (CONC_TYPE_SIGNATURE_PAD);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/check-in/waiver-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcWaiverForm, content);
  gtk_widget_class_bind_template_child (widget_class, ConcWaiverForm, waiver_label);
  gtk_widget_class_bind_template_child (widget_class, ConcWaiverForm, signer_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcWaiverForm, pad);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "waiver.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget_class, "waiver.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "waiver.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "waiver.cancel", NULL);
}

static void
conc_waiver_form_init (ConcWaiverForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  changed_cb (self);
}

/* An empty pad under @waiver; @signer is who most likely signs, and can be changed. */
void
conc_waiver_form_begin (ConcWaiverForm *self, const char *waiver, const char *signer)
{
  gtk_label_set_label (self->waiver_label, waiver);
  gtk_editable_set_text (self->signer_entry, signer);
  conc_signature_pad_clear (self->pad);
}
