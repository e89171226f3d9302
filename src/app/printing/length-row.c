/* length-row.c: a row with a number to type or to nudge, such as a length in mm. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/length-row.h"

struct _ConcLengthRow
{
  AdwActionRow parent_instance;

  /* template */
  GtkSpinButton *spin;
  GtkAdjustment *adjustment;
  GtkLabel      *unit_label;
};

enum
{
  PROP_VALUE = 1,
  PROP_LOWER,
  PROP_UPPER,
  PROP_STEP,
  PROP_DIGITS,
  PROP_UNIT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcLengthRow, conc_length_row, ADW_TYPE_ACTION_ROW)

static void
value_changed_cb (ConcLengthRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VALUE]);
}

/* The name of the number on the accessibility bus is the title of its row. */
static void
title_cb (ConcLengthRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
conc_length_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcLengthRow *self = CONC_LENGTH_ROW (object);

  switch (id)
    {
    case PROP_VALUE:
      g_value_set_double (value, conc_length_row_get_value (self));
      break;
    case PROP_LOWER:
      g_value_set_double (value, gtk_adjustment_get_lower (self->adjustment));
      break;
    case PROP_UPPER:
      g_value_set_double (value, gtk_adjustment_get_upper (self->adjustment));
      break;
    case PROP_STEP:
      g_value_set_double (value, gtk_adjustment_get_step_increment (self->adjustment));
      break;
    case PROP_DIGITS:
      g_value_set_uint (value, gtk_spin_button_get_digits (self->spin));
      break;
    case PROP_UNIT:
    default:
      g_value_set_string (value, gtk_label_get_label (self->unit_label));
      break;
    }
}

static void
conc_length_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcLengthRow *self = CONC_LENGTH_ROW (object);

  switch (id)
    {
    case PROP_VALUE:
      conc_length_row_set_value (self, g_value_get_double (value));
      break;
    case PROP_LOWER:
      gtk_adjustment_set_lower (self->adjustment, g_value_get_double (value));
      break;
    case PROP_UPPER:
      gtk_adjustment_set_upper (self->adjustment, g_value_get_double (value));
      break;
    case PROP_STEP:
      gtk_adjustment_set_step_increment (self->adjustment, g_value_get_double (value));
      break;
    case PROP_DIGITS:
      gtk_spin_button_set_digits (self->spin, g_value_get_uint (value));
      break;
    case PROP_UNIT:
    default:
      gtk_label_set_label (self->unit_label, g_value_get_string (value));
      break;
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  props[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                           flags | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_LOWER] =
      g_param_spec_double ("lower", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  props[PROP_UPPER] =
      g_param_spec_double ("upper", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  props[PROP_STEP] = g_param_spec_double ("step", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  props[PROP_DIGITS] = g_param_spec_uint ("digits", NULL, NULL, 0, 3, 0, flags);
  props[PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
conc_length_row_class_init (ConcLengthRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_length_row_get_property;
  object_class->set_property = conc_length_row_set_property;
  install_properties (object_class);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/printing/length-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcLengthRow, spin);
  gtk_widget_class_bind_template_child (widget_class, ConcLengthRow, adjustment);
  gtk_widget_class_bind_template_child (widget_class, ConcLengthRow, unit_label);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
}

static void
conc_length_row_init (ConcLengthRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::title", G_CALLBACK (title_cb), NULL);
}

double
conc_length_row_get_value (ConcLengthRow *self)
{
  return gtk_adjustment_get_value (self->adjustment);
}

void
conc_length_row_set_value (ConcLengthRow *self, double value)
{
  gtk_adjustment_set_value (self->adjustment, value);
}
