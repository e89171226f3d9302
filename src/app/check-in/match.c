/* match.c: a runner in the words of the check-in desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/check-in/match.h"

#include "core/race-time.h"

#include <glib/gi18n.h>

struct _ConcMatch
{
  GObject parent_instance;

  /* owned */
  ConcRunner *runner;
  GTimeZone  *zone;
  char       *name;
  char       *tell_apart; /* from others of the name who were found with it; NULL: none */
};

enum
{
  PROP_NAME = 1,
  PROP_BIB_TEXT,
  PROP_DETAIL,
  PROP_ABOUT,
  PROP_EVENT,
  PROP_WAVE,
  PROP_SHIRT,
  PROP_CHECKED_IN_TEXT,
  PROP_CLOCK_TEXT,
  PROP_SUMMARY,
  PROP_HAS_BIB,
  PROP_IS_CHECKED_IN,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcMatch, conc_match, G_TYPE_OBJECT)

static void
append_part (GString *text, const char *part)
{
  if (part == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
dup_years (const ConcRunner *runner)
{
  int age = conc_runner_get_age (runner);

  return age < 0 ? NULL : g_strdup_printf (ngettext ("%d year", "%d years", (gulong) age), age);
}

static char *
dup_town (const ConcRunner *runner)
{
  const char *city = conc_runner_get (runner, CONC_FIELD_CITY);
  const char *state = conc_runner_get (runner, CONC_FIELD_STATE);

  if (city != NULL && state != NULL)
    return g_strdup_printf ("%s, %s", city, state);
  return g_strdup (city != NULL ? city : state);
}

/* What tells two people of one name apart: age, town and team. */
static char *
dup_about (const ConcRunner *runner)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *years = dup_years (runner);
  g_autofree char *town = dup_town (runner);

  append_part (text, years);
  append_part (text, town);
  append_part (text, conc_runner_get (runner, CONC_FIELD_TEAM));
  return g_string_free (text, FALSE);
}

/* Adds @part unless @key, which says the same, is among what was @told. */
static void
append_untold (GString *text, const char *const *told, const char *key, const char *part)
{
  if (key == NULL || !g_strv_contains (told, key))
    append_part (text, part);
}

/* The same with the event, for a list that has no other place for it. Where others have the name,
 * what tells them apart comes first and only there, since a long line is cut. */
static char *
dup_detail (ConcMatch *self)
{
  const ConcRunner *runner = self->runner;
  const char       *age = conc_runner_get (runner, CONC_FIELD_AGE);
  const char       *team = conc_runner_get (runner, CONC_FIELD_TEAM);
  const char       *event = conc_runner_get (runner, CONC_FIELD_EVENT);
  GString          *text = g_string_new (self->tell_apart);
  g_auto (GStrv) told = g_strsplit (text->str, " · ", -1);
  const char *const *parts = (const char *const *) told;
  g_autofree char   *years = dup_years (runner);
  g_autofree char   *town = dup_town (runner);
  g_autofree char   *aged = g_strdup_printf (_ ("aged %s"), age != NULL ? age : "");

  append_untold (text, parts, aged, years);
  append_untold (text, parts, conc_runner_get (runner, CONC_FIELD_CITY), town);
  append_untold (text, parts, team, team);
  append_untold (text, parts, event, event);
  return g_string_free (text, FALSE);
}

static char *
dup_clock_text (ConcMatch *self)
{
  gint64 usec = conc_match_get_checked_in_usec (self);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (usec == CONC_NO_TIME)
    return NULL;
  utc = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, self->zone);
  return g_date_time_format (local, "%H:%M");
}

static char *
dup_checked_in_text (ConcMatch *self)
{
  g_autofree char *clock = dup_clock_text (self);

  if (!conc_runner_get_checked_in (self->runner))
    return NULL;
  if (clock == NULL)
    return g_strdup (_ ("Checked in already"));
  return g_strdup_printf (_ ("Checked in at %s"), clock);
}

static char *
dup_bib_text (const ConcRunner *runner)
{
  const char *bib = conc_runner_get (runner, CONC_FIELD_BIB);

  return g_strdup (bib != NULL ? bib : _ ("No bib"));
}

static void
conc_match_finalize (GObject *object)
{
  ConcMatch *self = CONC_MATCH (object);

  conc_runner_free (self->runner);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->name);
  g_free (self->tell_apart);
  G_OBJECT_CLASS (conc_match_parent_class)->finalize (object);
}

static void
get_text_property (ConcMatch *self, guint id, GValue *value)
{
  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_BIB_TEXT:
      g_value_take_string (value, dup_bib_text (self->runner));
      break;
    case PROP_DETAIL:
      g_value_take_string (value, dup_detail (self));
      break;
    case PROP_ABOUT:
      g_value_take_string (value, dup_about (self->runner));
      break;
    case PROP_CHECKED_IN_TEXT:
      g_value_take_string (value, dup_checked_in_text (self));
      break;
    case PROP_CLOCK_TEXT:
      g_value_take_string (value, dup_clock_text (self));
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, conc_match_dup_summary (self));
      break;
    case PROP_EVENT:
      g_value_set_string (value, conc_runner_get (self->runner, CONC_FIELD_EVENT));
      break;
    case PROP_WAVE:
      g_value_set_string (value, conc_runner_get (self->runner, CONC_FIELD_WAVE));
      break;
    case PROP_SHIRT:
    default:
      g_value_set_string (value, conc_runner_get (self->runner, CONC_FIELD_SHIRT));
      break;
    }
}

static void
conc_match_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcMatch *self = CONC_MATCH (object);

  switch (id)
    {
    case PROP_HAS_BIB:
      g_value_set_boolean (value, conc_runner_get_bib (self->runner) > 0);
      break;
    case PROP_IS_CHECKED_IN:
      g_value_set_boolean (value, conc_match_get_checked_in (self));
      break;
    default:
      get_text_property (self, id, value);
      break;
    }
}

static void
conc_match_class_init (ConcMatchClass *klass)
{
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags        flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const names[] = { [PROP_NAME] = "name",
                                       [PROP_BIB_TEXT] = "bib-text",
                                       [PROP_DETAIL] = "detail",
                                       [PROP_ABOUT] = "about",
                                       [PROP_EVENT] = "event",
                                       [PROP_WAVE] = "wave",
                                       [PROP_SHIRT] = "shirt",
                                       [PROP_CHECKED_IN_TEXT] = "checked-in-text",
                                       [PROP_CLOCK_TEXT] = "clock-text",
                                       [PROP_SUMMARY] = "summary",
                                       [PROP_HAS_BIB] = "has-bib",
                                       [PROP_IS_CHECKED_IN] = "is-checked-in" };

  object_class->finalize = conc_match_finalize;
  object_class->get_property = conc_match_get_property;

  for (guint i = PROP_NAME; i <= PROP_SUMMARY; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);
  for (guint i = PROP_HAS_BIB; i < N_PROPS; i++)
    props[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
conc_match_init (ConcMatch *self)
{
}

/* Takes @runner. Times are said in @zone. */
ConcMatch *
conc_match_new (ConcRunner *runner, GTimeZone *zone)
{
  ConcMatch *self = g_object_new (CONC_TYPE_MATCH, NULL);

  self->runner = runner;
  self->zone = g_time_zone_ref (zone);
  self->name = conc_runner_dup_full_name (runner);
  if (*self->name == '\0')
    {
      g_free (self->name);
      self->name = g_strdup (_ ("Name not known"));
    }
  return self;
}

/* What tells the runner from others of the name who are in the same list; NULL for nobody else. To
 * be said before the match is shown. */
void
conc_match_set_tell_apart (ConcMatch *self, const char *text)
{
  g_free (self->tell_apart);
  self->tell_apart = g_strdup (text);
}

const ConcRunner *
conc_match_get_runner (ConcMatch *self)
{
  return self->runner;
}

const char *
conc_match_get_id (ConcMatch *self)
{
  return conc_runner_get_id (self->runner);
}

const char *
conc_match_get_name (ConcMatch *self)
{
  return self->name;
}

gboolean
conc_match_get_checked_in (ConcMatch *self)
{
  return conc_runner_get_checked_in (self->runner);
}

/* When the runner was checked in; CONC_NO_TIME when not, or when the time cannot be read. */
gint64
conc_match_get_checked_in_usec (ConcMatch *self)
{
  const char *text = conc_runner_get (self->runner, CONC_FIELD_CHECKED_IN);
  gint64      usec = CONC_NO_TIME;

  if (text == NULL || !conc_time_parse_rfc3339 (text, &usec, NULL))
    return CONC_NO_TIME;
  return usec;
}

/* "214, Ann Olson, shirt M": what the person who fetches the bib has to know. Of somebody who is
 * here, the shirt is the one that was handed out. */
char *
conc_match_dup_summary (ConcMatch *self)
{
  g_autofree char *bib = dup_bib_text (self->runner);
  const char      *shirt =
      conc_runner_get (self->runner, conc_match_get_checked_in (self) ? CONC_FIELD_SHIRT_GIVEN
                                                                      : CONC_FIELD_SHIRT);

  if (shirt == NULL)
    return g_strdup_printf ("%s, %s", bib, self->name);
  return g_strdup_printf (_ ("%s, %s, shirt %s"), bib, self->name, shirt);
}
