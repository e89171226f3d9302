/* gun-preview.c: what another time of a gun would change, as text beside it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/gun-preview.h"

#include "core/gun-words.h"
#include "core/race-time.h"
#include "store/reader-gun.h"

#include <glib/gi18n.h>

#define ROWS_SHOWN 3

static char *
dup_time (gint64 usec, ConcRounding rounding)
{
  return usec != CONC_NO_TIME ? conc_duration_format (usec, rounding) : g_strdup (_ ("no time"));
}

/* "214 Ann Lee: 25:12 → 25:07, place 2 → 1" */
static void
append_change (GString *text, const ConcGunChange *change, ConcRounding rounding)
{
  g_autofree char *before = dup_time (change->time_before_usec, rounding);
  g_autofree char *after = dup_time (change->time_after_usec, rounding);

  g_string_append_printf (text, _ ("\n%u %s: %s → %s"), change->bib, change->name, before, after);
  if (change->place_before != change->place_after && change->place_after > 0 &&
      change->place_before > 0)
    g_string_append_printf (text, _ (", place %u → %u"), change->place_before, change->place_after);
}

static void
append_changes (GString *text, ConcSession *session, const ConcGunPreview *preview)
{
  const ConcRules *rules = conc_scoreboard_get_rules (conc_session_get_scoreboard (session));
  guint            shown = MIN (preview->changes->len, ROWS_SHOWN);

  for (guint i = 0; i < shown; i++)
    append_change (text, g_ptr_array_index (preview->changes, i), rules->rounding);
  if (preview->changes->len > shown)
    g_string_append_printf (text,
                            ngettext ("\nand %u more", "\nand %u more",
                                      preview->changes->len - shown),
                            preview->changes->len - shown);
}

/* (transfer full): before and after of the gun, of how many results, and of the first of them; or
 * why @when is no time. */
char *
conc_gun_preview_describe (ConcSession *session, const char *wave, const char *when)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcGunPreview) preview =
      conc_reader_preview_gun (conc_session_get_reader (session), wave, when, &error);
  GTimeZone       *zone = conc_session_get_zone (session);
  g_autofree char *after = NULL;
  g_autofree char *before = NULL;
  g_autofree char *sentence = NULL;
  GString         *text;

  if (preview == NULL)
    return g_strdup (error->message);
  text = g_string_new (NULL);
  after = conc_time_format_clock (preview->after_usec, zone, 2);
  sentence = conc_gun_describe_change (preview->n_times, preview->n_places);
  if (preview->before_usec == CONC_NO_TIME)
    g_string_printf (text, _ ("The gun at %s. %s"), after, sentence);
  else
    {
      before = conc_time_format_clock (preview->before_usec, zone, 2);
      g_string_printf (text, _ ("%s → %s. %s"), before, after, sentence);
    }
  append_changes (text, session, preview);
  return g_string_free (text, FALSE);
}
