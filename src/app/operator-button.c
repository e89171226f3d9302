/* operator-button.c: asks who is at this station, and says it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operator-button.h"

#include "app/preferences.h"

#include <glib/gi18n.h>

struct _ConcOperatorButton
{
  AdwBin parent_instance;

  /* template */
  GtkMenuButton *button;
  GtkLabel      *label;
  GtkPopover    *popover;
  GtkEditable   *entry;

  /* owned */
  ConcSession *session;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcOperatorButton, conc_operator_button, ADW_TYPE_BIN)

static ConcRaceFile *
get_file (ConcOperatorButton *self)
{
  return self->session != NULL ? conc_session_get_file (self->session) : NULL;
}

static void
update (ConcOperatorButton *self)
{
  ConcRaceFile    *file = get_file (self);
  const char      *name = file != NULL ? conc_race_file_get_operator (file) : NULL;
  g_autofree char *spoken = name != NULL ? g_strdup_printf (_ ("At this station: %s"), name)
                                         : g_strdup (_ ("Who is at this station?"));

  gtk_label_set_label (self->label, name != NULL ? name : _ ("Who Is Here?"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  gtk_widget_set_visible (GTK_WIDGET (self), file != NULL);
}

static void
set_operator (ConcOperatorButton *self, const char *name)
{
  ConcRaceFile *file = get_file (self);

  if (file == NULL)
    return;
  conc_race_file_set_operator (file, name);
  name = conc_race_file_get_operator (file);
  conc_preferences_remember_operator (name != NULL ? name : "");
  update (self);
}

static void
shown_cb (ConcOperatorButton *self)
{
  ConcRaceFile *file = get_file (self);
  const char   *name = file != NULL ? conc_race_file_get_operator (file) : NULL;

  gtk_editable_set_text (self->entry, name != NULL ? name : "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* What was typed counts however the popover goes away, as it does everywhere else. */
static void
closed_cb (ConcOperatorButton *self)
{
  set_operator (self, gtk_editable_get_text (self->entry));
}

static void
activate_cb (ConcOperatorButton *self)
{
  gtk_popover_popdown (self->popover);
}

static void
nobody_cb (ConcOperatorButton *self)
{
  gtk_editable_set_text (self->entry, "");
  gtk_popover_popdown (self->popover);
}

static void
set_session (ConcOperatorButton *self, ConcSession *session)
{
  g_autofree char *name = conc_preferences_dup_operator ();

  g_set_object (&self->session, session);
  if (get_file (self) != NULL)
    conc_race_file_set_operator (get_file (self), name);
  update (self);
}

static void
conc_operator_button_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_OPERATOR_BUTTON (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_operator_button_dispose (GObject *object)
{
  g_clear_object (&CONC_OPERATOR_BUTTON (object)->session);
  G_OBJECT_CLASS (conc_operator_button_parent_class)->dispose (object);
}

static void
conc_operator_button_class_init (ConcOperatorButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = conc_operator_button_set_property;
  object_class->dispose = conc_operator_button_dispose;
  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/operator-button.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcOperatorButton, button);
  gtk_widget_class_bind_template_child (widget_class, ConcOperatorButton, label);
  gtk_widget_class_bind_template_child (widget_class, ConcOperatorButton, popover);
  gtk_widget_class_bind_template_child (widget_class, ConcOperatorButton, entry);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, nobody_cb);
}

static void
conc_operator_button_init (ConcOperatorButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
