/* ladder-item.c: one row of the ladder: a line, or a doubt at its place. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ladder/ladder-item.h"

struct _ConcLadderItem
{
  GObject parent_instance;

  /* of a line */
  gboolean       is_line;
  ConcLadderLine line; /* whose texts are owned */
  gint64         start_usec;

  /* of a doubt, owned */
  char              *id;
  char              *sentence;
  char              *reasons;
  ConcRepairOrder   *order;
  ConcLadderOutcome *outcome; /* NULL while it is closed */
  guint              place;
  guint              certainty_percent;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcLadderItem, conc_ladder_item, G_TYPE_OBJECT)

static void
conc_ladder_item_finalize (GObject *object)
{
  ConcLadderItem *self = CONC_LADDER_ITEM (object);

  g_free ((char *) self->line.tap);
  g_free ((char *) self->line.entry);
  g_free ((char *) self->line.runner_id);
  g_free ((char *) self->line.runner_name);
  g_free (self->id);
  g_free (self->sentence);
  g_free (self->reasons);
  g_clear_pointer (&self->order, conc_repair_order_free);
  conc_ladder_outcome_free (self->outcome);
  G_OBJECT_CLASS (conc_ladder_item_parent_class)->finalize (object);
}

static void
conc_ladder_item_class_init (ConcLadderItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = conc_ladder_item_finalize;
  signals[CHANGED] = g_signal_new ("changed", CONC_TYPE_LADDER_ITEM, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
conc_ladder_item_init (ConcLadderItem *self)
{
}

/* @start_usec is that of the runner's wave, CONC_NO_TIME when it did not start. */
ConcLadderItem *
conc_ladder_item_new_line (const ConcLadderLine *line, gint64 start_usec)
{
  ConcLadderItem *self = g_object_new (CONC_TYPE_LADDER_ITEM, NULL);

  self->is_line = TRUE;
  self->line = *line;
  self->line.tap = g_strdup (line->tap);
  self->line.entry = g_strdup (line->entry);
  self->line.runner_id = g_strdup (line->runner_id);
  self->line.runner_name = g_strdup (line->runner_name);
  self->start_usec = start_usec;
  return self;
}

ConcLadderItem *
conc_ladder_item_new_doubt (const ConcLadderDoubt *doubt)
{
  ConcLadderItem *self = g_object_new (CONC_TYPE_LADDER_ITEM, NULL);

  self->id = g_strdup (doubt->id);
  self->sentence = g_strdup (doubt->sentence);
  self->reasons = g_strdup (doubt->reasons);
  self->order = doubt->order != NULL ? conc_repair_order_copy (doubt->order) : NULL;
  self->place = doubt->place;
  self->certainty_percent = doubt->certainty_percent;
  return self;
}

/* What somebody wishes to repair at the line @place. */
ConcLadderItem *
conc_ladder_item_new_wish (const ConcRepairOrder *order, guint place)
{
  ConcLadderItem *self = g_object_new (CONC_TYPE_LADDER_ITEM, NULL);

  self->order = conc_repair_order_copy (order);
  self->place = place;
  return self;
}

static gboolean
lines_equal (const ConcLadderLine *a, const ConcLadderLine *b)
{
  return a->place == b->place && a->at_usec == b->at_usec && a->bib == b->bib &&
         a->standing_bib == b->standing_bib && a->is_linked == b->is_linked &&
         a->waits == b->waits && a->has_second == b->has_second &&
         a->second_usec == b->second_usec && g_strcmp0 (a->tap, b->tap) == 0 &&
         g_strcmp0 (a->entry, b->entry) == 0 && g_strcmp0 (a->runner_name, b->runner_name) == 0;
}

/* Whether both show the same; a wish is only equal to itself. */
gboolean
conc_ladder_item_equal (ConcLadderItem *self, ConcLadderItem *other)
{
  if (self == other)
    return TRUE;
  if (self->is_line != other->is_line)
    return FALSE;
  if (self->is_line)
    return self->start_usec == other->start_usec && lines_equal (&self->line, &other->line);
  return self->id != NULL && g_strcmp0 (self->id, other->id) == 0 && self->place == other->place &&
         self->certainty_percent == other->certainty_percent &&
         g_strcmp0 (self->sentence, other->sentence) == 0 &&
         g_strcmp0 (self->reasons, other->reasons) == 0;
}

/* (nullable) */
const ConcLadderLine *
conc_ladder_item_get_line (ConcLadderItem *self)
{
  return self->is_line ? &self->line : NULL;
}

gint64
conc_ladder_item_get_start_usec (ConcLadderItem *self)
{
  return self->start_usec;
}

/* (nullable) */
const char *
conc_ladder_item_get_id (ConcLadderItem *self)
{
  return self->id;
}

/* Of the line that it stands before, from 1. */
guint
conc_ladder_item_get_place (ConcLadderItem *self)
{
  return self->is_line ? self->line.place : self->place;
}

/* (nullable) */
const char *
conc_ladder_item_get_sentence (ConcLadderItem *self)
{
  return self->sentence;
}

/* (nullable) */
const char *
conc_ladder_item_get_reasons (ConcLadderItem *self)
{
  return self->reasons;
}

guint
conc_ladder_item_get_certainty (ConcLadderItem *self)
{
  return self->certainty_percent;
}

/* (nullable): NULL when nothing is proposed. */
const ConcRepairOrder *
conc_ladder_item_get_order (ConcLadderItem *self)
{
  return self->order;
}

/* (nullable): what its repair would change, while that is shown. */
ConcLadderOutcome *
conc_ladder_item_get_outcome (ConcLadderItem *self)
{
  return self->outcome;
}

/* Takes @outcome; NULL closes it. */
void
conc_ladder_item_take_outcome (ConcLadderItem *self, ConcLadderOutcome *outcome)
{
  conc_ladder_outcome_free (self->outcome);
  self->outcome = outcome;
  g_signal_emit (self, signals[CHANGED], 0);
}
