/* group-row.c: one of a family or team, with what they need, to be chosen or left out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/group-row.h"

#include "core/desk.h"

#include <glib/gi18n.h>

struct _ConcGroupRow
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget      *content;
  GtkCheckButton *check;
  GtkLabel       *name_label;
  GtkLabel       *needs_label;
  GtkLabel       *bib_label;

  /* owned */
  ConcMatch *match;

  /* state */
  gboolean is_blocked;
};

enum
{
  TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcGroupRow, conc_group_row, GTK_TYPE_WIDGET)

static void
toggled_cb (ConcGroupRow *self)
{
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
show_cb (ConcGroupRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "check-in.show-runner", "s",
                              conc_match_get_id (self->match));
}

/* What stands in the way, or else the shirt: more has no room in a row. */
static char *
dup_needs (const ConcRunner *runner, GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const ConcDeskItem *item = g_ptr_array_index (items, i);

      if (item->weight == CONC_DESK_TELLS && item->kind != CONC_DESK_SHIRT &&
          item->kind != CONC_DESK_CHECKED_IN)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", item->sentence);
    }
  return g_string_free (text, FALSE);
}

static void
conc_group_row_dispose (GObject *object)
{
  g_clear_object (&CONC_GROUP_ROW (object)->match);
  gtk_widget_dispose_template (GTK_WIDGET (object), CONC_TYPE_GROUP_ROW);
  G_OBJECT_CLASS (conc_group_row_parent_class)->dispose (object);
}

static void
conc_group_row_class_init (ConcGroupRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_group_row_dispose;
  signals[TOGGLED] = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/check-in/group-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcGroupRow, content);
  gtk_widget_class_bind_template_child (widget_class, ConcGroupRow, check);
  gtk_widget_class_bind_template_child (widget_class, ConcGroupRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGroupRow, needs_label);
  gtk_widget_class_bind_template_child (widget_class, ConcGroupRow, bib_label);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
conc_group_row_init (ConcGroupRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @items as the desk says them about @match. Who can be checked in is chosen. */
GtkWidget *
conc_group_row_new (ConcMatch *match, GPtrArray *items)
{
  ConcGroupRow       *self = g_object_new (CONC_TYPE_GROUP_ROW, NULL);
  const ConcRunner   *runner = conc_match_get_runner (match);
  const ConcDeskItem *first = items->len > 0 ? g_ptr_array_index (items, 0) : NULL;
  g_autofree char    *needs = dup_needs (runner, items);
  g_autofree char    *bib = NULL;

  self->match = g_object_ref (match);
  self->is_blocked = first != NULL && first->weight == CONC_DESK_BLOCKS;
  g_object_get (match, "bib-text", &bib, NULL);
  gtk_label_set_label (self->name_label, conc_match_get_name (match));
  gtk_label_set_label (self->bib_label, bib);
  gtk_label_set_label (self->needs_label, needs);
  gtk_widget_set_visible (GTK_WIDGET (self->needs_label), *needs != '\0');
  if (self->is_blocked)
    gtk_widget_add_css_class (GTK_WIDGET (self), "blocks");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  conc_match_get_name (match), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  needs, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), conc_group_row_can_check_in (self));
  gtk_check_button_set_active (self->check, conc_group_row_can_check_in (self));
  return GTK_WIDGET (self);
}

ConcMatch *
conc_group_row_get_match (ConcGroupRow *self)
{
  return self->match;
}

gboolean
conc_group_row_get_chosen (ConcGroupRow *self)
{
  return gtk_check_button_get_active (self->check);
}

void
conc_group_row_set_chosen (ConcGroupRow *self, gboolean is_chosen)
{
  gtk_check_button_set_active (self->check, is_chosen && conc_group_row_can_check_in (self));
}

/* A bib has to be given to each one on its own. */
gboolean
conc_group_row_can_check_in (ConcGroupRow *self)
{
  return !self->is_blocked && !conc_match_get_checked_in (self->match) &&
         !conc_desk_lacks_bib (conc_match_get_runner (self->match));
}
