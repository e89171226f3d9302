/* ladder-strip.c: shows one row of the ladder: a line, or a doubt with its repair. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ladder/ladder-strip.h"

#include "core/duration.h"
#include "core/race-time.h"

#include <glib/gi18n.h>

/* More of them say no more. */
#define MAX_EFFECTS 6u

struct _ConcLadderStrip
{
  GtkWidget parent_instance;

  /* template */
  GtkWidget  *line_box;
  GtkWidget  *doubt_box;
  GtkLabel   *number;
  GtkLabel   *clock;
  GtkLabel   *race;
  GtkLabel   *bib;
  GtkLabel   *name;
  GtkImage   *mark_icon;
  GtkLabel   *mark;
  GtkLabel   *second;
  GtkWidget  *menu_button;
  GtkLabel   *doubt_title;
  GtkLabel   *doubt_why;
  GtkLabel   *outcome_label;
  GtkGrid    *effects;
  GtkWidget  *show_button;
  GtkWidget  *apply_button;
  GMenuModel *menu;

  /* owned */
  ConcLadderItem *item;
  GTimeZone      *zone;
  GtkWidget      *popover;
};

enum
{
  ASK,
  APPLY,
  LEAVE,
  REPAIR,
  N_SIGNALS
};

static const char *const actions[] = { "insert-tap", "insert-bib", "remove-tap", "remove-bib",
                                       "later",      "earlier",    "swap",       "reverse",
                                       "link",       "correct" };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcLadderStrip, conc_ladder_strip, GTK_TYPE_WIDGET)

/* ------------------------------------------------------------- a line */

static void
set_mark (ConcLadderStrip *self, const char *icon_name, const char *word, gboolean is_open)
{
  gtk_image_set_from_icon_name (self->mark_icon, icon_name);
  gtk_label_set_label (self->mark, word);
  if (is_open)
    gtk_widget_add_css_class (GTK_WIDGET (self), "waiting");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "waiting");
}

static void
show_mark (ConcLadderStrip *self, const ConcLadderLine *line)
{
  if (line->tap == NULL)
    set_mark (self, "dialog-warning-symbolic", _ ("no tap"), TRUE);
  else if (line->waits)
    set_mark (self, "content-loading-symbolic", _ ("waits for its bib"), TRUE);
  else if (line->entry == NULL && line->bib == 0)
    set_mark (self, "dialog-warning-symbolic", _ ("no bib"), TRUE);
  else if (line->bib == 0)
    set_mark (self, "dialog-question-symbolic", _ ("bib not read"), TRUE);
  else if (line->runner_id == NULL)
    set_mark (self, "dialog-warning-symbolic", _ ("nobody has this bib"), TRUE);
  else if (line->is_linked)
    set_mark (self, "insert-link-symbolic", _ ("linked"), FALSE);
  else
    set_mark (self, "object-select-symbolic", _ ("saved"), FALSE);
}

static void
show_times (ConcLadderStrip *self, const ConcLadderLine *line)
{
  gint64           start_usec = conc_ladder_item_get_start_usec (self->item);
  g_autofree char *clock = NULL;
  g_autofree char *race = NULL;

  if (line->at_usec != CONC_NO_TIME)
    clock = conc_time_format_clock (line->at_usec, self->zone, 1);
  if (line->at_usec != CONC_NO_TIME && start_usec != CONC_NO_TIME && line->at_usec >= start_usec)
    race = conc_duration_format (line->at_usec - start_usec, CONC_ROUND_UP_SECOND);
  gtk_label_set_label (self->clock, clock != NULL ? clock : "—");
  gtk_label_set_label (self->race, race != NULL ? race : "");
}

static void
show_second (ConcLadderStrip *self, const ConcLadderLine *line)
{
  gint64           tenths = line->has_second ? ABS (line->second_usec) / (G_USEC_PER_SEC / 10) : 0;
  g_autofree char *text = NULL;

  if (line->has_second)
    /* Translators: how much later (+) or earlier (−) the second timer has the same crossing. */
    text = g_strdup_printf (_ ("2nd %s%d.%d s"), line->second_usec < 0 ? "−" : "+",
                            (int) (tenths / 10), (int) (tenths % 10));
  gtk_label_set_label (self->second, text != NULL ? text : "");
}

static void
show_line (ConcLadderStrip *self, const ConcLadderLine *line)
{
  g_autofree char *number = g_strdup_printf ("%u", line->place);
  g_autofree char *bib = line->bib != 0 ? g_strdup_printf ("%u", line->bib) : g_strdup ("—");

  gtk_label_set_label (self->number, number);
  gtk_label_set_label (self->bib, bib);
  gtk_label_set_label (self->name, line->runner_name != NULL ? line->runner_name : "");
  show_times (self, line);
  show_second (self, line);
  show_mark (self, line);
}

static void
update_actions (ConcLadderStrip *self, const ConcLadderLine *line)
{
  gboolean has_tap = line != NULL && line->tap != NULL;
  gboolean has_entry = line != NULL && line->entry != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "line.insert-tap", line != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "line.remove-tap", has_tap);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strconcat ("line.", actions[i], NULL);

      if (!g_str_has_suffix (name, "-tap"))
        gtk_widget_action_set_enabled (GTK_WIDGET (self), name, has_entry);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "line.link", has_tap && has_entry);
}

/* ------------------------------------------------------------- a doubt */

static void
add_cell (ConcLadderStrip *self, int column, int row, char *text)
{
  g_autofree char *owned = text;
  GtkWidget       *label = gtk_label_new (owned);

  gtk_label_set_xalign (GTK_LABEL (label), column == 1 ? 0 : 1);
  if (column == 1)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
    }
  gtk_widget_add_css_class (label, row == 0 ? "dim-label" : "numeric");
  gtk_grid_attach (self->effects, label, column, row, 1, 1);
}

static char *
dup_standing (ConcLadderStrip *self, guint place, gint64 usec)
{
  g_autofree char *clock = NULL;

  if (usec == CONC_NO_TIME)
    return g_strdup (_ ("no time"));
  clock = conc_time_format_clock (usec, self->zone, 1);
  return place != 0 ? g_strdup_printf ("%u.  %s", place, clock) : g_steal_pointer (&clock);
}

static void
add_effect (ConcLadderStrip *self, int row, const ConcLadderEffect *effect)
{
  add_cell (self, 0, row, effect->bib != 0 ? g_strdup_printf ("%u", effect->bib) : g_strdup ("—"));
  add_cell (self, 1, row, g_strdup (effect->name != NULL ? effect->name : ""));
  add_cell (self, 2, row, dup_standing (self, effect->before_place, effect->before_usec));
  add_cell (self, 3, row, dup_standing (self, effect->after_place, effect->after_usec));
}

static void
show_effects (ConcLadderStrip *self, const ConcLadderOutcome *outcome)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->effects))) != NULL)
    gtk_grid_remove (self->effects, child);
  gtk_widget_set_visible (GTK_WIDGET (self->effects), outcome != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_label), outcome != NULL);
  if (outcome == NULL)
    return;
  gtk_label_set_label (self->outcome_label, outcome->sentence);
  add_cell (self, 0, 0, g_strdup (_ ("Bib")));
  add_cell (self, 1, 0, g_strdup (_ ("Runner")));
  add_cell (self, 2, 0, g_strdup (_ ("Now")));
  add_cell (self, 3, 0, g_strdup (_ ("Afterwards")));
  for (guint i = 0; i < MIN (outcome->effects->len, MAX_EFFECTS); i++)
    add_effect (self, (int) i + 1, g_ptr_array_index (outcome->effects, i));
  if (outcome->effects->len > MAX_EFFECTS)
    add_cell (self, 1, MAX_EFFECTS + 1,
              g_strdup_printf (ngettext ("and %u more", "and %u more",
                                         outcome->effects->len - MAX_EFFECTS),
                               outcome->effects->len - MAX_EFFECTS));
}

static void
show_doubt_cb (ConcLadderStrip *self)
{
  ConcLadderOutcome *outcome = conc_ladder_item_get_outcome (self->item);
  const char        *sentence = conc_ladder_item_get_sentence (self->item);
  const char        *reasons = conc_ladder_item_get_reasons (self->item);
  gboolean           can_repair = conc_ladder_item_get_order (self->item) != NULL;

  if (sentence == NULL)
    sentence = outcome != NULL ? outcome->repair : _ ("A repair");
  gtk_label_set_label (self->doubt_title, sentence);
  gtk_label_set_label (self->doubt_why, reasons != NULL ? reasons : "");
  gtk_widget_set_visible (GTK_WIDGET (self->doubt_why), reasons != NULL && *reasons != '\0');
  gtk_widget_set_visible (self->show_button, can_repair && outcome == NULL);
  gtk_widget_set_visible (self->apply_button, can_repair && outcome != NULL);
  show_effects (self, outcome);
}

/* ------------------------------------------------------------- what is asked for */

static void
show_clicked_cb (ConcLadderStrip *self)
{
  g_signal_emit (self, signals[ASK], 0, self->item);
}

static void
apply_clicked_cb (ConcLadderStrip *self)
{
  g_signal_emit (self, signals[APPLY], 0, self->item);
}

static void
leave_clicked_cb (ConcLadderStrip *self)
{
  g_signal_emit (self, signals[LEAVE], 0, self->item);
}

static void
action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcLadderStrip *self = CONC_LADDER_STRIP (widget);

  if (self->item != NULL)
    g_signal_emit (self, signals[REPAIR], 0, self->item, name + strlen ("line."));
}

/* Only a row whose menu was asked for has one. */
void
conc_ladder_strip_open_menu (ConcLadderStrip *self)
{
  if (self->item == NULL || conc_ladder_item_get_line (self->item) == NULL)
    return;
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_widget_set_parent (self->popover, self->menu_button);
    }
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
conc_ladder_strip_dispose (GObject *object)
{
  ConcLadderStrip *self = CONC_LADDER_STRIP (object);
  GtkWidget       *child;

  conc_ladder_strip_set_item (self, NULL, NULL);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_LADDER_STRIP);
  G_OBJECT_CLASS (conc_ladder_strip_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/ladder/ladder-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, line_box);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, doubt_box);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, number);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, clock);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, race);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, bib);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, name);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, mark_icon);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, mark);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, second);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, doubt_title);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, doubt_why);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, effects);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, show_button);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, apply_button);
  gtk_widget_class_bind_template_child (widget_class, ConcLadderStrip, menu);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, conc_ladder_strip_open_menu);
}

static void
conc_ladder_strip_class_init (ConcLadderStripClass *klass)
{
  static const char *const names[] = { "ask", "apply", "leave" };
  GtkWidgetClass          *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = conc_ladder_strip_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[ASK + i] = g_signal_new (names[i], CONC_TYPE_LADDER_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 1, CONC_TYPE_LADDER_ITEM);
  signals[REPAIR] = g_signal_new ("repair", CONC_TYPE_LADDER_STRIP, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, CONC_TYPE_LADDER_ITEM, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "tap");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *name = g_strconcat ("line.", actions[i], NULL);

      gtk_widget_class_install_action (widget_class, name, NULL, action_cb);
    }
  bind_template (widget_class);
}

static void
conc_ladder_strip_init (ConcLadderStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
conc_ladder_strip_new (void)
{
  return g_object_new (CONC_TYPE_LADDER_STRIP, NULL);
}

/* @item is NULL when the row shows nothing; @zone is that of the race. */
void
conc_ladder_strip_set_item (ConcLadderStrip *self, ConcLadderItem *item, GTimeZone *zone)
{
  const ConcLadderLine *line;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  if (item == NULL)
    return;
  self->zone = g_time_zone_ref (zone);
  line = conc_ladder_item_get_line (item);
  gtk_widget_set_visible (self->line_box, line != NULL);
  gtk_widget_set_visible (self->doubt_box, line == NULL);
  update_actions (self, line);
  if (line != NULL)
    {
      show_line (self, line);
      return;
    }
  g_signal_connect_swapped (item, "changed", G_CALLBACK (show_doubt_cb), self);
  show_doubt_cb (self);
}
