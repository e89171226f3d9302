/* runner-item.c: a runner as a row of a list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/runner-item.h"

#include "core/race-time.h"

struct _ConcRunnerItem
{
  GObject parent_instance;

  ConcRunner *runner;
  GTimeZone  *zone;
};

G_DEFINE_FINAL_TYPE (ConcRunnerItem, conc_runner_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_BIB,
  PROP_BIB_ORDER,
  PROP_NAME,
  PROP_NAME_ORDER,
  PROP_SEX,
  PROP_AGE,
  PROP_AGE_ORDER,
  PROP_EVENT,
  PROP_WAVE,
  PROP_TEAM,
  PROP_SHIRT,
  PROP_CHECKED_IN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Whoever has no number stands behind all who have one. */
static guint
get_bib_order (ConcRunnerItem *self)
{
  guint bib = conc_runner_get_bib (self->runner);

  return bib > 0 ? bib : G_MAXUINT;
}

static guint
get_age_order (ConcRunnerItem *self)
{
  int age = conc_runner_get_age (self->runner);

  return age >= 0 ? (guint) age : G_MAXUINT;
}

static char *
dup_name_order (ConcRunnerItem *self)
{
  const char *given = conc_runner_get (self->runner, CONC_FIELD_GIVEN_NAME);
  const char *family = conc_runner_get (self->runner, CONC_FIELD_FAMILY_NAME);

  return g_strconcat (family != NULL ? family : "", " ", given != NULL ? given : "", NULL);
}

/* The hour and the minute; the second of a check-in interests nobody. */
static char *
dup_checked_in (ConcRunnerItem *self)
{
  const char *text = conc_runner_get (self->runner, CONC_FIELD_CHECKED_IN);
  gint64      usec;
  char       *clock;

  if (text == NULL)
    return NULL;
  if (!conc_time_parse_rfc3339 (text, &usec, NULL))
    return g_strdup (text);
  clock = conc_time_format_clock (usec, self->zone, 0);
  clock[5] = '\0';
  return clock;
}

static void
set_field (GValue *value, ConcRunnerItem *self, ConcField field)
{
  g_value_set_string (value, conc_runner_get (self->runner, field));
}

static void
conc_runner_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  static const ConcField fields[N_PROPS] = {
    [PROP_BIB] = CONC_FIELD_BIB,     [PROP_SEX] = CONC_FIELD_SEX,   [PROP_AGE] = CONC_FIELD_AGE,
    [PROP_EVENT] = CONC_FIELD_EVENT, [PROP_WAVE] = CONC_FIELD_WAVE, [PROP_TEAM] = CONC_FIELD_TEAM,
    [PROP_SHIRT] = CONC_FIELD_SHIRT,
  };
  ConcRunnerItem *self = CONC_RUNNER_ITEM (object);

  switch (id)
    {
    case PROP_BIB_ORDER:
      g_value_set_uint (value, get_bib_order (self));
      break;
    case PROP_AGE_ORDER:
      g_value_set_uint (value, get_age_order (self));
      break;
    case PROP_NAME:
      g_value_take_string (value, conc_runner_dup_full_name (self->runner));
      break;
    case PROP_NAME_ORDER:
      g_value_take_string (value, dup_name_order (self));
      break;
    case PROP_CHECKED_IN:
      g_value_take_string (value, dup_checked_in (self));
      break;
    case PROP_BIB:
    case PROP_SEX:
    case PROP_AGE:
    case PROP_EVENT:
    case PROP_WAVE:
    case PROP_TEAM:
    case PROP_SHIRT:
      set_field (value, self, fields[id]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_runner_item_finalize (GObject *object)
{
  ConcRunnerItem *self = CONC_RUNNER_ITEM (object);

  conc_runner_free (self->runner);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (conc_runner_item_parent_class)->finalize (object);
}

static void
conc_runner_item_class_init (ConcRunnerItemClass *klass)
{
  static const struct
  {
    guint       id;
    const char *name;
  } texts[] = {
    { PROP_BIB, "bib" },
    { PROP_NAME, "name" },
    { PROP_NAME_ORDER, "name-order" },
    { PROP_SEX, "sex" },
    { PROP_AGE, "age" },
    { PROP_EVENT, "event" },
    { PROP_WAVE, "wave" },
    { PROP_TEAM, "team" },
    { PROP_SHIRT, "shirt" },
    { PROP_CHECKED_IN, "checked-in" },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = conc_runner_item_get_property;
  object_class->finalize = conc_runner_item_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    properties[texts[i].id] = g_param_spec_string (texts[i].name, NULL, NULL, NULL, flags);
  properties[PROP_BIB_ORDER] = g_param_spec_uint ("bib-order", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_AGE_ORDER] = g_param_spec_uint ("age-order", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
conc_runner_item_init (ConcRunnerItem *self)
{
}

/* May be called on a worker; from then on the row belongs to the main loop. */
ConcRunnerItem *
conc_runner_item_new (ConcRunner *take_runner, GTimeZone *zone)
{
  ConcRunnerItem *self = g_object_new (CONC_TYPE_RUNNER_ITEM, NULL);

  self->runner = take_runner;
  self->zone = g_time_zone_ref (zone);
  return self;
}

const ConcRunner *
conc_runner_item_get_runner (ConcRunnerItem *self)
{
  return self->runner;
}

/* The row stays what it is and where it is, and shows what became of the runner. */
void
conc_runner_item_take_runner (ConcRunnerItem *self, ConcRunner *take_runner)
{
  conc_runner_free (self->runner);
  self->runner = take_runner;

  g_object_freeze_notify (G_OBJECT (self));
  for (guint id = 1; id < N_PROPS; id++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
  g_object_thaw_notify (G_OBJECT (self));
}
