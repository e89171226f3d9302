/* checklist.c: the rows of what is to be settled, and what they do. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/checklist.h"

#include "app/accessible.h"
#include "app/check-in/check-row.h"
#include "app/check-in/choices.h"
#include "core/money.h"

#include <glib/gi18n.h>

struct _ConcChecklist
{
  GtkWidget parent_instance;

  /* template */
  GtkBox       *content;
  ConcCheckRow *rows[CONC_N_DESK_KINDS];
  GtkEditable  *guardian_entry;
  GtkLabel     *nothing_label;
  GtkDropDown  *shirt_drop;
  GtkDropDown  *event_drop;
  GtkDropDown  *wave_drop;
  GtkButton    *cash_button;
  GtkButton    *check_button;
  GtkButton    *card_button;

  /* owned */
  ConcMatch *match;
  GPtrArray *items;
  GStrv      sizes; /* of the shirts in the drop-down, without what is said beside them */

  /* state */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (ConcChecklist, conc_checklist, GTK_TYPE_WIDGET)

static const ConcDeskItem *
find_item (ConcChecklist *self, ConcDeskKind kind)
{
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      const ConcDeskItem *item = g_ptr_array_index (self->items, i);

      if (item->kind == kind)
        return item;
    }
  return NULL;
}

static const char *
get_text (ConcChecklist *self, ConcField field)
{
  return conc_runner_get (conc_match_get_runner (self->match), field);
}

/* ---------------------------------------------------------- guardian, event and wave */

static void
guardian_cb (ConcChecklist *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->guardian_entry)));

  if (*name == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->guardian_entry));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "check-in.name-guardian", "s", name);
}

static void
place_changed_cb (ConcChecklist *self, GParamSpec *pspec, GtkDropDown *drop)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop);
  const char      *key =
      conc_field_get_key (drop == self->wave_drop ? CONC_FIELD_WAVE : CONC_FIELD_EVENT);

  if (self->is_filling || item == NULL || gtk_drop_down_get_selected (drop) == 0)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "check-in.move", "(ss)", key,
                              gtk_string_object_get_string (item));
}

/* The size that was ordered is chosen, so that Enter hands it out; unless none is left. */
static void
fill_choices (ConcChecklist *self, ConcDeskReader *desk)
{
  const ConcDeskItem *item = find_item (self, CONC_DESK_SHIRT);
  const char         *given = get_text (self, CONC_FIELD_SHIRT_GIVEN);
  const gboolean      is_gone = item != NULL && item->weight == CONC_DESK_WARNS;

  g_strfreev (self->sizes);
  self->sizes =
      conc_choices_fill_shirts (self->shirt_drop, conc_desk_reader_get_shirts (desk),
                                given != NULL || is_gone ? given
                                                         : get_text (self, CONC_FIELD_SHIRT));
  conc_choices_fill_places (self->event_drop, conc_desk_reader_get_events (desk),
                            get_text (self, CONC_FIELD_EVENT), _ ("No event"));
  conc_choices_fill_places (self->wave_drop, conc_desk_reader_get_waves (desk),
                            get_text (self, CONC_FIELD_WAVE), _ ("No wave"));
}

/* ---------------------------------------------------------------------- balance */

static void
name_payment (GtkButton *button, const char *due, ConcMethod method)
{
  g_autofree char *name = g_strdup_printf (_ ("Take %s, %s"), due, conc_method_get_title (method));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
fill_balance (ConcChecklist *self, ConcDeskReader *desk)
{
  gint64 due_cents =
      conc_desk_reader_get_due_cents (desk, conc_match_get_runner (self->match), NULL);
  g_autofree char *due = conc_money_format (MAX (due_cents, 0));

  name_payment (self->cash_button, due, CONC_METHOD_CASH);
  name_payment (self->check_button, due, CONC_METHOD_CHECK);
  name_payment (self->card_button, due, CONC_METHOD_CARD);
}

/* ---------------------------------------------------------------------- the rows */

static void
show_rows (ConcChecklist *self)
{
  GtkWidget *after = NULL;

  for (ConcDeskKind kind = 0; kind < CONC_N_DESK_KINDS; kind++)
    if (find_item (self, kind) == NULL)
      conc_check_row_hide (self->rows[kind]);
  for (guint i = 0; i < self->items->len; i++)
    {
      const ConcDeskItem *item = g_ptr_array_index (self->items, i);
      GtkWidget          *row = GTK_WIDGET (self->rows[item->kind]);

      /* That is said above the name, where the bib is given. */
      if (item->kind != CONC_DESK_BIB)
        conc_check_row_show (self->rows[item->kind], item->weight, item->sentence);
      if (gtk_widget_get_prev_sibling (row) != after)
        gtk_box_reorder_child_after (self->content, row, after);
      after = row;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->nothing_label), self->items->len == 0);
}

static void
conc_checklist_dispose (GObject *object)
{
  ConcChecklist *self = CONC_CHECKLIST (object);

  g_clear_object (&self->match);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->sizes, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_CHECKLIST);
  G_OBJECT_CLASS (conc_checklist_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/check-in/checklist.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, content);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, guardian_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, nothing_label);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, shirt_drop);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, event_drop);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, wave_drop);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, cash_button);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, check_button);
  gtk_widget_class_bind_template_child (widget_class, ConcChecklist, card_button);
  for (ConcDeskKind kind = 0; kind < CONC_N_DESK_KINDS; kind++)
    gtk_widget_class_bind_template_child_full (widget_class, conc_desk_kind_to_text (kind), FALSE,
                                               G_STRUCT_OFFSET (ConcChecklist, rows) +
                                                   (gssize) (kind * sizeof (ConcCheckRow *)));
  gtk_widget_class_bind_template_callback (widget_class, guardian_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_changed_cb);
}

static void
conc_checklist_class_init (ConcChecklistClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_checklist_dispose;
  g_type_ensure (CONC_TYPE_CHECK_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
conc_checklist_init (ConcChecklist *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  conc_accessible_name_buttons (GTK_WIDGET (self->shirt_drop), _ ("Shirt to hand out"));
  conc_accessible_name_buttons (GTK_WIDGET (self->event_drop), _ ("Event"));
  conc_accessible_name_buttons (GTK_WIDGET (self->wave_drop), _ ("Wave"));
}

/* Shows @items of @match. What is being typed for the same runner stays. */
void
conc_checklist_show (ConcChecklist *self, ConcMatch *match, GPtrArray *items, ConcDeskReader *desk)
{
  const gboolean is_same = self->match != NULL && g_strcmp0 (conc_match_get_id (self->match),
                                                             conc_match_get_id (match)) == 0;

  g_set_object (&self->match, match);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  self->items = g_ptr_array_ref (items);
  if (!is_same)
    gtk_editable_set_text (self->guardian_entry, "");
  self->is_filling = TRUE;
  fill_choices (self, desk);
  self->is_filling = FALSE;
  if (find_item (self, CONC_DESK_BALANCE) != NULL)
    fill_balance (self, desk);
  show_rows (self);
}

/* Lets event and wave be changed also when nothing is wrong with them. */
void
conc_checklist_show_places (ConcChecklist *self)
{
  if (self->match == NULL)
    return;
  if (!gtk_widget_get_visible (GTK_WIDGET (self->rows[CONC_DESK_EVENT])))
    conc_check_row_show (self->rows[CONC_DESK_EVENT], CONC_DESK_TELLS, _ ("Event"));
  if (!gtk_widget_get_visible (GTK_WIDGET (self->rows[CONC_DESK_WAVE])))
    conc_check_row_show (self->rows[CONC_DESK_WAVE], CONC_DESK_TELLS, _ ("Wave"));
  gtk_widget_child_focus (GTK_WIDGET (self->event_drop), GTK_DIR_TAB_FORWARD);
}

/* The size that the check-in hands out; NULL for none. */
const char *
conc_checklist_get_shirt (ConcChecklist *self)
{
  guint       position = gtk_drop_down_get_selected (self->shirt_drop);
  const char *size =
      self->sizes != NULL && position != GTK_INVALID_LIST_POSITION ? self->sizes[position] : "";

  return *size != '\0' ? size : NULL;
}

/* What has to be settled first; NULL when nothing has. */
const char *
conc_checklist_get_block (ConcChecklist *self)
{
  const ConcDeskItem *item =
      self->items != NULL && self->items->len > 0 ? g_ptr_array_index (self->items, 0) : NULL;

  return item != NULL && item->weight == CONC_DESK_BLOCKS ? item->sentence : NULL;
}

/* Brings the keyboard to where that is settled. */
void
conc_checklist_focus_block (ConcChecklist *self)
{
  for (guint i = 0; self->items != NULL && i < self->items->len; i++)
    {
      const ConcDeskItem *item = g_ptr_array_index (self->items, i);

      if (item->weight == CONC_DESK_BLOCKS &&
          gtk_widget_child_focus (GTK_WIDGET (self->rows[item->kind]), GTK_DIR_TAB_FORWARD))
        return;
    }
}

/* Whether letters belong to an entry of the list. */
gboolean
conc_checklist_is_typing (ConcChecklist *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}
