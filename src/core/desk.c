/* desk.c: says what is to be settled for a runner at the check-in desk. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/desk.h"

#include "core/money.h"
#include "core/race-time.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* From here on the desk says how many shirts of the size are left. */
#define FEW_SHIRTS 5

typedef struct
{
  const ConcRunner      *runner;
  const ConcDeskContext *context;
  GPtrArray             *items;
} Desk;

static const char *const kinds[CONC_N_DESK_KINDS] = {
  [CONC_DESK_CHECKED_IN] = "checked-in",
  [CONC_DESK_ATTENDANCE] = "attendance",
  [CONC_DESK_VIRTUAL] = "virtual",
  [CONC_DESK_WAIVER] = "waiver",
  [CONC_DESK_GUARDIAN] = "guardian",
  [CONC_DESK_BALANCE] = "balance",
  [CONC_DESK_BIB] = "bib",
  [CONC_DESK_TWIN] = "twin",
  [CONC_DESK_EVENT] = "event",
  [CONC_DESK_WAVE] = "wave",
  [CONC_DESK_SHIRT] = "shirt",
  [CONC_DESK_NOTE] = "note",
  [CONC_DESK_MEDICAL] = "medical",
  [CONC_DESK_UNNAMED] = "unnamed",
};

static const char *const weights[] = { "blocks", "warns", "tells" };

/* Takes @sentence. */
static void
add (Desk *desk, ConcDeskKind kind, ConcDeskWeight weight, char *sentence)
{
  ConcDeskItem *item = g_new0 (ConcDeskItem, 1);

  item->kind = kind;
  item->weight = weight;
  item->sentence = sentence;
  g_ptr_array_add (desk->items, item);
}

static const char *
get_text (const Desk *desk, ConcField field)
{
  const char *text = conc_runner_get (desk->runner, field);

  return text != NULL && *text != '\0' ? text : NULL;
}

/* Where the races's rules ask for it, it blocks; a runner who is through the desk is past that. */
static ConcDeskWeight
weigh (const Desk *desk, ConcNeeds need)
{
  if (conc_runner_get_checked_in (desk->runner))
    return CONC_DESK_WARNS;
  return (conc_settings_get_needs (desk->context->settings) & need) != 0 ? CONC_DESK_BLOCKS
                                                                         : CONC_DESK_WARNS;
}

static char *
dup_clock (const Desk *desk)
{
  const char *text = get_text (desk, CONC_FIELD_CHECKED_IN);
  gint64      usec;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (text == NULL || !conc_time_parse_rfc3339 (text, &usec, NULL))
    return NULL;
  utc = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  local = g_date_time_to_timezone (utc, desk->context->zone);
  return g_date_time_format (local, "%H:%M");
}

static void
add_checked_in (Desk *desk)
{
  const char      *place = desk->context->checked_in_at;
  g_autofree char *clock = NULL;
  char            *sentence;

  if (!conc_runner_get_checked_in (desk->runner))
    return;
  clock = dup_clock (desk);
  if (clock == NULL)
    sentence = g_strdup (_ ("Checked in already."));
  else if (place != NULL)
    /* Translators: a time of day and the name of a laptop. */
    sentence = g_strdup_printf (_ ("Checked in already: at %s, by %s."), clock, place);
  else
    sentence = g_strdup_printf (_ ("Checked in already: at %s."), clock);
  add (desk, CONC_DESK_CHECKED_IN, CONC_DESK_TELLS, sentence);
}

static void
add_attendance (Desk *desk)
{
  const char *attendance = get_text (desk, CONC_FIELD_ATTENDANCE);
  const char *other = desk->context->runs_instead;

  if (g_strcmp0 (attendance, CONC_ATTENDANCE_TRANSFERRED) == 0)
    add (desk, CONC_DESK_ATTENDANCE, CONC_DESK_BLOCKS,
         other != NULL ? g_strdup_printf (_ ("%s runs instead."), other)
                       : g_strdup (_ ("Somebody else runs instead.")));
  else if (g_strcmp0 (attendance, CONC_ATTENDANCE_DEFERRED) == 0)
    add (desk, CONC_DESK_ATTENDANCE, CONC_DESK_WARNS,
         g_strdup (_ ("Moved to the virtual race. Checking in takes that back.")));
  else if (g_strcmp0 (attendance, CONC_ATTENDANCE_NO_SHOW) == 0)
    add (desk, CONC_DESK_ATTENDANCE, CONC_DESK_WARNS,
         g_strdup (_ ("Recorded as not coming. Checking in takes that back.")));
  else if (conc_runner_get_virtual (desk->runner))
    add (desk, CONC_DESK_VIRTUAL, CONC_DESK_WARNS,
         g_strdup (_ ("Virtual runner: takes part from elsewhere and is not expected here.")));
}

static void
add_papers (Desk *desk)
{
  if (!conc_runner_get_waiver (desk->runner))
    add (desk, CONC_DESK_WAIVER, weigh (desk, CONC_NEEDS_WAIVER),
         g_strdup (_ ("The waiver is missing.")));
  if (conc_desk_is_minor (desk->runner, desk->context->settings) &&
      get_text (desk, CONC_FIELD_GUARDIAN) == NULL)
    add (desk, CONC_DESK_GUARDIAN, weigh (desk, CONC_NEEDS_GUARDIAN),
         g_strdup_printf (_ ("Under %d, and no guardian is named."),
                          conc_settings_get_adult_age (desk->context->settings)));
}

static void
add_balance (Desk *desk)
{
  gint64           paid_cents = desk->context->paid_cents;
  gint64           due_cents = conc_desk_get_due_cents (desk->runner, paid_cents);
  g_autofree char *due = conc_money_format (due_cents);
  g_autofree char *paid = conc_money_format (paid_cents);

  if (due_cents == 0)
    return;
  add (desk, CONC_DESK_BALANCE, weigh (desk, CONC_NEEDS_BALANCE),
       paid_cents > 0
           ? g_strdup_printf (_ ("%s is still to be paid; %s was paid at the desk."), due, paid)
           : g_strdup_printf (_ ("%s is still to be paid."), due));
}

static void
add_bib (Desk *desk)
{
  if (conc_desk_lacks_bib (desk->runner))
    add (desk, CONC_DESK_BIB, CONC_DESK_WARNS,
         g_strdup (_ ("No bib yet: scan or type the next one.")));
}

static void
add_twin (Desk *desk)
{
  guint            n = desk->context->n_others_of_name;
  g_autofree char *others = NULL;

  if (n == 0)
    return;
  others =
      g_strdup_printf (ngettext ("Somebody else has this name.", "%u others have this name.", n),
                       n);
  add (desk, CONC_DESK_TWIN, CONC_DESK_WARNS,
       desk->context->told_apart_by != NULL
           /* Translators: that others have the name, and what tells this one apart. */
           ? g_strdup_printf (_ ("%s This one: %s."), others, desk->context->told_apart_by)
           : g_steal_pointer (&others));
}

/* A runner who is elsewhere starts in no wave of this race. */
static void
add_place (Desk *desk)
{
  const char *wave = get_text (desk, CONC_FIELD_WAVE);
  char      **waves = desk->context->waves;

  if (conc_runner_get_virtual (desk->runner))
    return;
  if (desk->context->n_events > 1 && get_text (desk, CONC_FIELD_EVENT) == NULL)
    add (desk, CONC_DESK_EVENT, CONC_DESK_WARNS, g_strdup (_ ("In no event yet.")));
  if (waves == NULL || waves[0] == NULL || waves[1] == NULL)
    return;
  if (wave == NULL)
    add (desk, CONC_DESK_WAVE, CONC_DESK_WARNS, g_strdup (_ ("In no wave yet.")));
  else if (!g_strv_contains ((const char *const *) waves, wave))
    add (desk, CONC_DESK_WAVE, CONC_DESK_WARNS,
         g_strdup_printf (_ ("There is no wave “%s”."), wave));
}

static void
add_shirt (Desk *desk)
{
  const char *ordered = get_text (desk, CONC_FIELD_SHIRT);
  const char *given = get_text (desk, CONC_FIELD_SHIRT_GIVEN);
  int         n_left = desk->context->n_shirts_left;
  char       *sentence;

  if (given != NULL && ordered != NULL && g_ascii_strcasecmp (given, ordered) != 0)
    add (desk, CONC_DESK_SHIRT, CONC_DESK_TELLS,
         g_strdup_printf (_ ("Shirt %s was handed out instead of %s."), given, ordered));
  else if (given != NULL)
    add (desk, CONC_DESK_SHIRT, CONC_DESK_TELLS,
         g_strdup_printf (_ ("Shirt %s was handed out."), given));
  else if (ordered != NULL && n_left != CONC_DESK_NOT_COUNTED && n_left <= 0)
    add (desk, CONC_DESK_SHIRT, CONC_DESK_WARNS,
         g_strdup_printf (_ ("No shirt %s is left: choose another size."), ordered));
  else if (ordered != NULL)
    {
      if (n_left != CONC_DESK_NOT_COUNTED && n_left <= FEW_SHIRTS)
        sentence = g_strdup_printf (ngettext ("Shirt %s to hand out: the last one.",
                                              "Shirt %s to hand out: %d left.", (gulong) n_left),
                                    ordered, n_left);
      else
        sentence = g_strdup_printf (_ ("Shirt %s to hand out."), ordered);
      add (desk, CONC_DESK_SHIRT, CONC_DESK_TELLS, sentence);
    }
}

static void
add_notes (Desk *desk)
{
  const char *note = get_text (desk, CONC_FIELD_NOTE);
  const char *medical = get_text (desk, CONC_FIELD_MEDICAL);

  if (note != NULL)
    add (desk, CONC_DESK_NOTE, CONC_DESK_TELLS, g_strdup_printf (_ ("Note: %s"), note));
  if (medical != NULL)
    add (desk, CONC_DESK_MEDICAL, CONC_DESK_TELLS, g_strdup_printf (_ ("Medical: %s"), medical));
  if (!conc_runner_get_public (desk->runner))
    {
      g_autofree char *name = conc_runner_dup_public_name (desk->runner);

      add (desk, CONC_DESK_UNNAMED, CONC_DESK_TELLS,
           g_strdup_printf (_ ("Not to be named in public: results show “%s”."), name));
    }
}

/* Sorting of GPtrArray is stable, so that equal weights stay in the order of the kinds. */
static int
compare_weight (gconstpointer a, gconstpointer b)
{
  const ConcDeskItem *item_a = *(const ConcDeskItem *const *) a;
  const ConcDeskItem *item_b = *(const ConcDeskItem *const *) b;

  return (int) item_a->weight - (int) item_b->weight;
}

/** conc_desk_item_free: frees @item, which may be %NULL. */
void
conc_desk_item_free (ConcDeskItem *item)
{
  if (item == NULL)
    return;
  g_free (item->sentence);
  g_free (item);
}

/** conc_desk_kind_to_text: Returns: (transfer none): the word for @kind in JSON. Any thread. */
const char *
conc_desk_kind_to_text (ConcDeskKind kind)
{
  g_return_val_if_fail (kind < CONC_N_DESK_KINDS, NULL);

  return kinds[kind];
}

/** conc_desk_weight_to_text: Returns: (transfer none): the word for @weight in JSON. Any thread. */
const char *
conc_desk_weight_to_text (ConcDeskWeight weight)
{
  g_return_val_if_fail (weight < G_N_ELEMENTS (weights), NULL);

  return weights[weight];
}

/**
 * conc_desk_get_due_cents:
 * @paid_cents: what was paid at desks, 0 or more
 *
 * Returns: what @runner still owes in cents; 0 for nothing, also when more was paid than that.
 *   Any thread.
 */
gint64
conc_desk_get_due_cents (const ConcRunner *runner, gint64 paid_cents)
{
  const char *text = conc_runner_get (runner, CONC_FIELD_BALANCE);
  gint64      balance_cents = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return MAX (balance_cents - paid_cents, 0);
}

/**
 * conc_desk_is_minor:
 *
 * Returns: whether @runner is known to be younger than the setting adult_age on race day; not so
 *   when the age is not known. Any thread.
 */
gboolean
conc_desk_is_minor (const ConcRunner *runner, const ConcSettings *settings)
{
  int age = conc_runner_get_age (runner);

  return age >= 0 && age < conc_settings_get_adult_age (settings);
}

/**
 * conc_desk_lacks_bib:
 *
 * Returns: whether @runner is to get a bib at the desk: has none, and runs here. Any thread.
 */
gboolean
conc_desk_lacks_bib (const ConcRunner *runner)
{
  const char *attendance = conc_runner_get (runner, CONC_FIELD_ATTENDANCE);

  return conc_runner_get_bib (runner) == 0 && !conc_runner_get_virtual (runner) &&
         g_strcmp0 (attendance, CONC_ATTENDANCE_TRANSFERRED) != 0;
}

/**
 * conc_desk_items:
 * @runner: who stands at the desk
 * @context: what a runner alone does not tell
 *
 * What the desk has to settle, to be careful about and to know. Which of the things that can be
 * settled block is said by the setting check_in_needs; a registration that was given to somebody
 * else always blocks. Nothing blocks a runner who is checked in already.
 *
 * Returns: (transfer full) (element-type ConcDeskItem): what blocks before what warns before what
 *   is told; empty when there is nothing to say. Any thread.
 */
GPtrArray *
conc_desk_items (const ConcRunner *runner, const ConcDeskContext *context)
{
  Desk desk = { .runner = runner, .context = context };

  desk.items = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_desk_item_free);
  add_checked_in (&desk);
  add_attendance (&desk);
  add_papers (&desk);
  add_balance (&desk);
  add_bib (&desk);
  add_twin (&desk);
  add_place (&desk);
  add_shirt (&desk);
  add_notes (&desk);
  g_ptr_array_sort (desk.items, compare_weight);
  return desk.items;
}
