/* event-laps.c: how many laps each event has, where that is not the same for all. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/event-laps.h"

#include "core/error.h"
#include "core/scan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EVENTS_MAX 40
#define EVENT_MAX_BYTES 100

typedef struct
{
  char *folded;
  guint laps;
} Event;

struct _ConcEventLaps
{
  gatomicrefcount refs;
  GArray         *events; /* of Event */
  char           *text;
};

static void
clear_event (gpointer data)
{
  g_free (((Event *) data)->folded);
}

static char *
fold (const char *event)
{
  g_autofree char *stripped = g_strstrip (g_strdup (event));

  return g_utf8_casefold (stripped, -1);
}

static const Event *
find_event (const ConcEventLaps *laps, const char *folded)
{
  for (guint i = 0; i < laps->events->len; i++)
    {
      const Event *event = &g_array_index (laps->events, Event, i);

      if (strcmp (event->folded, folded) == 0)
        return event;
    }
  return NULL;
}

static gboolean
refuse (const char *part, GError **error)
{
  g_autofree char *shown = conc_dup_quotable (part);

  g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
               _ ("“%s” does not say how many laps an event has: write events and laps like “5K=3, "
                  "1 mile=1”, with 1 to %d laps."),
               shown, CONC_LAPS_MAX);
  return FALSE;
}

/* "1 mile=1". The name of an event may have the sign in it: the last one counts. */
static gboolean
take_event (ConcEventLaps *laps, const char *part, GString *text, GError **error)
{
  const char      *equals = strrchr (part, '=');
  g_autofree char *name =
      equals != NULL ? g_strstrip (g_strndup (part, (gsize) (equals - part))) : NULL;
  g_autofree char *number = equals != NULL ? g_strstrip (g_strdup (equals + 1)) : NULL;
  const char      *cursor = number;
  Event            event = { NULL, 0 };
  gint64           count;

  if (name == NULL || *name == '\0' || strlen (name) > EVENT_MAX_BYTES ||
      !conc_scan_digits (&cursor, 1, 3, &count) || *cursor != '\0' || count < 1 ||
      count > CONC_LAPS_MAX)
    return refuse (part, error);
  event.folded = fold (name);
  event.laps = (guint) count;
  if (find_event (laps, event.folded) != NULL)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_INVALID,
                   _ ("The event “%s” is there twice: give its laps once."), name);
      g_free (event.folded);
      return FALSE;
    }
  g_array_append_val (laps->events, event);
  g_string_append_printf (text, "%s%s=%u", text->len > 0 ? ", " : "", name, event.laps);
  return TRUE;
}

/**
 * conc_event_laps_parse:
 * @text: events and their laps, like "5K=3, 1 mile=1"; empty when all have the same
 * @error: CONC_CORE_ERROR with a sentence that says what may be written
 *
 * At most 40 events of at most 100 letters, each once, without regard to case, with 1 to
 * %CONC_LAPS_MAX laps. A name cannot have a comma in it.
 *
 * Returns: (transfer full) (nullable): the laps of the events. Any thread.
 */
ConcEventLaps *
conc_event_laps_parse (const char *text, GError **error)
{
  g_autoptr (ConcEventLaps) laps = g_new0 (ConcEventLaps, 1);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  g_atomic_ref_count_init (&laps->refs);
  laps->events = g_array_new (FALSE, FALSE, sizeof (Event));
  g_array_set_clear_func (laps->events, clear_event);
  if (!g_utf8_validate (text, -1, NULL))
    {
      refuse (text, error);
      return NULL;
    }
  parts = g_strsplit (text, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' && !take_event (laps, parts[i], plain, error))
      return NULL;
  if (laps->events->len > EVENTS_MAX)
    {
      g_set_error (error, CONC_CORE_ERROR, CONC_CORE_ERROR_RANGE,
                   _ ("At most %d events can have laps of their own."), EVENTS_MAX);
      return NULL;
    }
  laps->text = g_string_free (g_steal_pointer (&plain), FALSE);
  return g_steal_pointer (&laps);
}

/** conc_event_laps_ref: Returns: (transfer full): @laps with one more reference. Any thread. */
ConcEventLaps *
conc_event_laps_ref (ConcEventLaps *laps)
{
  g_atomic_ref_count_inc (&laps->refs);
  return laps;
}

/** conc_event_laps_unref: gives a reference back; @laps may be %NULL. Any thread. */
void
conc_event_laps_unref (ConcEventLaps *laps)
{
  if (laps == NULL || !g_atomic_ref_count_dec (&laps->refs))
    return;
  g_array_unref (laps->events);
  g_free (laps->text);
  g_free (laps);
}

/** conc_event_laps_get_text: Returns: the one form of what was parsed; may be empty. Any thread. */
const char *
conc_event_laps_get_text (const ConcEventLaps *laps)
{
  return laps->text;
}

/**
 * conc_event_laps_find:
 * @event: (nullable): the event of a runner
 *
 * Returns: its laps, found without regard to case; 0 when it has none of its own. Any thread. Cost:
 *   linear in the events that have laps of their own.
 */
guint
conc_event_laps_find (const ConcEventLaps *laps, const char *event)
{
  g_autofree char *folded = NULL;
  const Event     *found;

  if (event == NULL || laps->events->len == 0)
    return 0;
  folded = fold (event);
  found = find_event (laps, folded);
  return found != NULL ? found->laps : 0;
}

/** conc_event_laps_get_most: Returns: the most laps of any event; 0 when none is named. Any
 * thread. */
guint
conc_event_laps_get_most (const ConcEventLaps *laps)
{
  guint most = 0;

  for (guint i = 0; i < laps->events->len; i++)
    most = MAX (most, g_array_index (laps->events, Event, i).laps);
  return most;
}
