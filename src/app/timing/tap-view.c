/* tap-view.c: shows one tap as a line of the list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/tap-view.h"

struct _ConcTapView
{
  GtkWidget parent_instance;

  /* owned */
  ConcTapRow *row;

  /* state */
  guint position;
};

enum
{
  PROP_ROW = 1,
  PROP_POSITION,
  N_PROPS
};

enum
{
  UNDO,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcTapView, conc_tap_view, GTK_TYPE_WIDGET)

/* Class of style and icon of each state: the words say it, color and shape say it again. */
static const struct
{
  const char *css_class;
  const char *icon_name;
} looks[] = {
  [CONC_TAP_SAVING] = { "saving", "content-loading-symbolic" },
  [CONC_TAP_FAILED] = { "failed", "dialog-error-symbolic" },
  [CONC_TAP_WAITING] = { "waiting", "dialog-question-symbolic" },
  [CONC_TAP_GOOD] = { "good", "object-select-symbolic" },
  [CONC_TAP_DOUBTFUL] = { "doubtful", "dialog-warning-symbolic" },
};

static char *
get_icon_name (GObject *object, guint state)
{
  return g_strdup (looks[MIN (state, G_N_ELEMENTS (looks) - 1)].icon_name);
}

static char *
get_number (GObject *object, guint position)
{
  return g_strdup_printf ("%u", position + 1);
}

static void
update_look_cb (ConcTapView *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].css_class);
  if (self->row != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self),
                              looks[conc_tap_row_get_state (self->row)].css_class);
}

static void
undo_clicked_cb (ConcTapView *self)
{
  if (self->row != NULL)
    g_signal_emit (self, signals[UNDO], 0, self->row);
}

static void
conc_tap_view_dispose (GObject *object)
{
  ConcTapView *self = CONC_TAP_VIEW (object);
  GtkWidget   *child;

  conc_tap_view_set_row (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (conc_tap_view_parent_class)->dispose (object);
}

static void
conc_tap_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcTapView *self = CONC_TAP_VIEW (object);

  if (id == PROP_ROW)
    g_value_set_object (value, self->row);
  else if (id == PROP_POSITION)
    g_value_set_uint (value, self->position);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_tap_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcTapView *self = CONC_TAP_VIEW (object);

  if (id == PROP_ROW)
    conc_tap_view_set_row (self, g_value_get_object (value));
  else if (id == PROP_POSITION)
    self->position = g_value_get_uint (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_tap_view_class_init (ConcTapViewClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = conc_tap_view_dispose;
  object_class->get_property = conc_tap_view_get_property;
  object_class->set_property = conc_tap_view_set_property;

  props[PROP_ROW] =
      g_param_spec_object ("row", NULL, NULL, CONC_TYPE_TAP_ROW, both | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, both);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[UNDO] = g_signal_new ("undo", CONC_TYPE_TAP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, CONC_TYPE_TAP_ROW);

  gtk_widget_class_set_css_name (widget_class, "tap");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/timing/tap-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_icon_name);
  gtk_widget_class_bind_template_callback (widget_class, get_number);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked_cb);
}

static void
conc_tap_view_init (ConcTapView *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
}

GtkWidget *
conc_tap_view_new (void)
{
  return g_object_new (CONC_TYPE_TAP_VIEW, NULL);
}

void
conc_tap_view_set_row (ConcTapView *self, ConcTapRow *row)
{
  if (self->row == row)
    return;
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_set_object (&self->row, row);
  if (row != NULL)
    g_signal_connect_swapped (row, "notify::state", G_CALLBACK (update_look_cb), self);
  update_look_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ROW]);
}

/* (transfer none) (nullable) */
ConcTapRow *
conc_tap_view_get_row (ConcTapView *self)
{
  return self->row;
}
