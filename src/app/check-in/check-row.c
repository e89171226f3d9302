/* check-row.c: one thing that is to be settled: shape, word, sentence, and what settles it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/check-row.h"

#include "app/check-in/beside-layout.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _ConcCheckRow
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget *content;
  GtkImage  *icon;
  GtkLabel  *word;
  GtkLabel  *sentence;
  AdwBin    *controls_bin;

  /* owned */
  char *icon_name;

  /* state */
  ConcDeskWeight weight;
};

enum
{
  PROP_CONTROLS = 1,
  PROP_ICON_NAME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcCheckRow, conc_check_row, GTK_TYPE_WIDGET)

/* Color is never the only sign: what blocks has another shape and another word than what warns. */
static const struct
{
  const char *icon;
  const char *word;
  const char *css_class;
} looks[] = {
  [CONC_DESK_BLOCKS] = { "dialog-error-symbolic", N_ ("Settle first"), "blocks" },
  [CONC_DESK_WARNS] = { "dialog-warning-symbolic", N_ ("Careful"), "warns" },
  [CONC_DESK_TELLS] = { "dialog-information-symbolic", NULL, "tells" },
};

static void
conc_check_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ICON_NAME)
    g_value_set_string (value, CONC_CHECK_ROW (object)->icon_name);
  else
    g_value_set_object (value, adw_bin_get_child (CONC_CHECK_ROW (object)->controls_bin));
}

static void
conc_check_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcCheckRow *self = CONC_CHECK_ROW (object);
  AdwBin       *bin = self->controls_bin;

  if (id == PROP_ICON_NAME)
    {
      g_free (self->icon_name);
      self->icon_name = g_value_dup_string (value);
      return;
    }
  adw_bin_set_child (bin, g_value_get_object (value));
  gtk_widget_set_visible (GTK_WIDGET (bin), g_value_get_object (value) != NULL);
}

static void
conc_check_row_dispose (GObject *object)
{
  g_clear_pointer (&CONC_CHECK_ROW (object)->icon_name, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_CHECK_ROW);
  G_OBJECT_CLASS (conc_check_row_parent_class)->dispose (object);
}

static void
conc_check_row_class_init (ConcCheckRowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = conc_check_row_dispose;
  object_class->get_property = conc_check_row_get_property;
  object_class->set_property = conc_check_row_set_property;

  props[PROP_CONTROLS] = g_param_spec_object ("controls", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (CONC_TYPE_BESIDE_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/check-in/check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcCheckRow, content);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckRow, word);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcCheckRow, controls_bin);
}

static void
conc_check_row_init (ConcCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
conc_check_row_show (ConcCheckRow *self, ConcDeskWeight weight, const char *sentence)
{
  const char *word = looks[weight].word != NULL ? _ (looks[weight].word) : NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (self), looks[self->weight].css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[weight].css_class);
  self->weight = weight;
  gtk_image_set_from_icon_name (self->icon, weight == CONC_DESK_TELLS && self->icon_name != NULL
                                                ? self->icon_name
                                                : looks[weight].icon);
  gtk_label_set_label (self->word, word != NULL ? word : "");
  gtk_widget_set_visible (GTK_WIDGET (self->word), word != NULL);
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
conc_check_row_hide (ConcCheckRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Whether the row is shown and must be settled before a check-in. */
gboolean
conc_check_row_blocks (ConcCheckRow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) && self->weight == CONC_DESK_BLOCKS;
}
