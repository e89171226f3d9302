/* result-item.c: a finisher as a row of a list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/results/result-item.h"

#include "core/race-time.h"
#include "core/runner.h"

#include <glib/gi18n.h>

struct _ConcResultItem
{
  GObject parent_instance;

  char        *key;
  char        *name;
  char        *division;
  guint        place;
  gboolean     is_tied;
  guint        bib;
  ConcSex      sex;
  int          age;
  gint64       gun_usec;
  gint64       net_usec;
  ConcRounding rounding;
};

G_DEFINE_FINAL_TYPE (ConcResultItem, conc_result_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PLACE,
  PROP_BIB,
  PROP_NAME,
  PROP_SEX,
  PROP_AGE,
  PROP_DIVISION,
  PROP_GUN,
  PROP_NET,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
dup_time (gint64 usec, ConcRounding rounding)
{
  return usec != CONC_NO_TIME ? conc_duration_format (usec, rounding) : NULL;
}

/* The public name, and in words for the crew why it is not a name. */
static char *
dup_name (ConcResultItem *self)
{
  g_autofree char *number = conc_public_name (NULL, NULL, FALSE, self->bib);

  if (g_str_has_prefix (self->key, "bib:"))
    return g_strdup_printf (_ ("%s (nobody is registered for it)"), number);
  if (self->name == NULL || g_str_equal (self->name, number))
    return g_strdup_printf (_ ("%s (not named in public)"), number);
  return g_strdup (self->name);
}

static char *
dup_place (ConcResultItem *self)
{
  if (self->place == 0)
    return NULL;
  /* Translators: a place that two share, like "=12". */
  return g_strdup_printf (self->is_tied ? _ ("=%u") : "%u", self->place);
}

static void
conc_result_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcResultItem *self = CONC_RESULT_ITEM (object);

  switch (id)
    {
    case PROP_PLACE:
      g_value_take_string (value, dup_place (self));
      break;
    case PROP_BIB:
      g_value_take_string (value, self->bib > 0 ? g_strdup_printf ("%u", self->bib) : NULL);
      break;
    case PROP_NAME:
      g_value_take_string (value, dup_name (self));
      break;
    case PROP_SEX:
      g_value_set_static_string (value, conc_sex_to_text (self->sex));
      break;
    case PROP_AGE:
      g_value_take_string (value, self->age >= 0 ? g_strdup_printf ("%d", self->age) : NULL);
      break;
    case PROP_DIVISION:
      g_value_set_string (value, self->division);
      break;
    case PROP_GUN:
      g_value_take_string (value, dup_time (self->gun_usec, self->rounding));
      break;
    case PROP_NET:
      g_value_take_string (value, dup_time (self->net_usec, self->rounding));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_result_item_finalize (GObject *object)
{
  ConcResultItem *self = CONC_RESULT_ITEM (object);

  g_free (self->key);
  g_free (self->name);
  g_free (self->division);
  G_OBJECT_CLASS (conc_result_item_parent_class)->finalize (object);
}

static void
conc_result_item_class_init (ConcResultItemClass *klass)
{
  static const char *const names[N_PROPS] = { NULL,  "place",    "bib", "name", "sex",
                                              "age", "division", "gun", "net" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = conc_result_item_get_property;
  object_class->finalize = conc_result_item_finalize;
  for (guint id = 1; id < N_PROPS; id++)
    properties[id] = g_param_spec_string (names[id], NULL, NULL, NULL,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
conc_result_item_init (ConcResultItem *self)
{
}

/* A division has places of its own, and so has a sex. */
static void
read_place (ConcResultItem *self, const ConcResult *result, int list)
{
  if (list == CONC_LIST_OVERALL)
    {
      self->place = result->place;
      self->is_tied = result->tied;
    }
  else if (list < CONC_LIST_FIRST_DIVISION)
    {
      self->place = result->sex_place;
      self->is_tied = result->sex_tied;
    }
  else
    {
      self->place = result->division_place;
      self->is_tied = result->division_tied;
    }
}

static void
replace (char **text, const char *wanted)
{
  char *copy = g_strdup (wanted);

  g_free (*text);
  *text = copy;
}

static void
read_result (ConcResultItem *self, const ConcResult *result, int list, ConcRounding rounding)
{
  read_place (self, result, list);
  replace (&self->name, result->entrant->name);
  replace (&self->division, result->division);
  self->bib = result->entrant->bib;
  self->sex = result->entrant->sex;
  self->age = result->entrant->age;
  self->gun_usec = result->gun_usec;
  self->net_usec = result->net_usec;
  self->rounding = rounding;
}

/* @list is the list in which the row stands: its place is the one there. */
ConcResultItem *
conc_result_item_new (const ConcResult *result, int list, ConcRounding rounding)
{
  ConcResultItem *self = g_object_new (CONC_TYPE_RESULT_ITEM, NULL);

  self->key = g_strdup (result->entrant->key);
  read_result (self, result, list, rounding);
  return self;
}

const char *
conc_result_item_get_key (ConcResultItem *self)
{
  return self->key;
}

/* Says what changed only when something did, so that a row that stays is not drawn again. */
void
conc_result_item_update (ConcResultItem   *self,
                         const ConcResult *result,
                         int               list,
                         ConcRounding      rounding)
{
  ConcResultItem old = *self;
  gboolean       is_same;

  old.name = g_strdup (self->name);
  old.division = g_strdup (self->division);
  read_result (self, result, list, rounding);
  is_same = old.place == self->place && old.is_tied == self->is_tied && old.bib == self->bib &&
            old.sex == self->sex && old.age == self->age && old.gun_usec == self->gun_usec &&
            old.net_usec == self->net_usec && old.rounding == self->rounding &&
            g_strcmp0 (old.name, self->name) == 0 && g_strcmp0 (old.division, self->division) == 0;
  g_free (old.name);
  g_free (old.division);
  if (is_same)
    return;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint id = 1; id < N_PROPS; id++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  g_object_thaw_notify (G_OBJECT (self));
}
