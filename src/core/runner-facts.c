/* runner-facts.c: a runner as facts, and facts as a runner. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"

#include <stdlib.h>
#include <string.h>

/* Bib and check-in and what goes with it are facts of their own, because another station writes
 * them. */
static gboolean
is_registered_field (ConcField field)
{
  return field != CONC_FIELD_BIB && field != CONC_FIELD_CHECKED_IN &&
         (field < CONC_FIELD_SHIRT_GIVEN || field > CONC_FIELD_PENALTY_REASON);
}

/* The name of someone who asked not to be named is a private fact, so that a station that must
 * not know it never receives it. */
static gboolean
is_private_for (ConcField field, gboolean is_public)
{
  return conc_field_is_private (field) || (conc_field_is_name (field) && !is_public);
}

static void
add_field (ConcBodyBuilder *builder, ConcField field, const char *text)
{
  const char *key = conc_field_get_key (field);

  if (conc_field_is_number (field) && text != NULL && *text != '\0')
    conc_body_builder_add_int (builder, key, g_ascii_strtoll (text, NULL, 10));
  else
    conc_body_builder_add_text (builder, key, text != NULL ? text : "");
}

static void
add_fields (ConcBodyBuilder *builder, const ConcRunner *runner, gboolean want_private)
{
  gboolean is_public = conc_runner_get_public (runner);

  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (is_registered_field (field) && conc_runner_get (runner, field) != NULL &&
        is_private_for (field, is_public) == want_private)
      add_field (builder, field, conc_runner_get (runner, field));
}

static ConcBody *
to_body (const ConcRunner *runner, gboolean want_private)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  add_fields (builder, runner, want_private);
  return conc_body_builder_end (builder);
}

/** conc_runner_to_public_body: Returns: (transfer full): what a "runner" fact says. */
ConcBody *
conc_runner_to_public_body (const ConcRunner *runner)
{
  return to_body (runner, FALSE);
}

/**
 * conc_runner_to_walk_up_body:
 * @transferred_from: (nullable): the id of the runner whose place it was
 *
 * Returns: (transfer full): what a "runner" fact says of one who registers at the desk.
 */
ConcBody *
conc_runner_to_walk_up_body (const ConcRunner *runner, const char *transferred_from)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  add_fields (builder, runner, FALSE);
  conc_body_builder_add_bool (builder, CONC_KEY_WALK_UP, TRUE);
  conc_body_builder_add_text (builder, CONC_KEY_TRANSFERRED_FROM, transferred_from);
  return conc_body_builder_end (builder);
}

/** conc_runner_to_private_body: Returns: (transfer full): what a "runner.private" fact says. */
ConcBody *
conc_runner_to_private_body (const ConcRunner *runner)
{
  return to_body (runner, TRUE);
}

/* How a field begins in a body, with its comma. */
typedef struct
{
  ConcField field;
  char     *start;
  gsize     length;
} Opening;

static int
compare_keys (const void *a, const void *b)
{
  return strcmp (conc_field_get_key (((const Opening *) a)->field),
                 conc_field_get_key (((const Opening *) b)->field));
}

/* In the order of the keys of a body. */
static const Opening *
get_openings (void)
{
  static Opening openings[CONC_N_FIELDS];
  static gsize   ready = 0;

  if (!g_once_init_enter (&ready))
    return openings;
  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    {
      openings[field].field = field;
      openings[field].start = g_strdup_printf (",\"%s\":", conc_field_get_key (field));
      openings[field].length = strlen (openings[field].start);
    }
  qsort (openings, CONC_N_FIELDS, sizeof *openings, compare_keys);
  g_once_init_leave (&ready, 1);
  return openings;
}

static void
append_number (GString *json, const char *text)
{
  /* Nearly always written already as a body writes it. */
  if (*text >= '1' && *text <= '9' && text[strspn (text, "0123456789")] == '\0' &&
      strlen (text) < strlen ("9223372036854775807"))
    g_string_append (json, text);
  else
    g_string_append_printf (json, "%" G_GINT64_FORMAT, g_ascii_strtoll (text, NULL, 10));
}

/**
 * conc_runner_append_json:
 * @want_private: whether what a "runner.private" fact says is wanted, or what a "runner" fact says
 * @json: where to append
 *
 * The text of conc_runner_to_public_body() or conc_runner_to_private_body() without making the
 * body, for many runners at once.
 *
 * Returns: whether the object has entries. Any thread.
 */
gboolean
conc_runner_append_json (const ConcRunner *runner, gboolean want_private, GString *json)
{
  const Opening *openings = get_openings ();
  gboolean       is_public = conc_runner_get_public (runner);
  gsize          start = json->len;

  for (guint i = 0; i < CONC_N_FIELDS; i++)
    {
      const Opening *opening = &openings[i];
      const char    *text = conc_runner_get (runner, opening->field);

      if (text == NULL || !is_registered_field (opening->field) ||
          is_private_for (opening->field, is_public) != want_private)
        continue;
      g_string_append_len (json, opening->start, (gssize) opening->length);
      if (conc_field_is_number (opening->field))
        append_number (json, text);
      else
        conc_json_append_text (json, text);
    }
  if (json->len == start)
    {
      g_string_append (json, "{}");
      return FALSE;
    }
  json->str[start] = '{'; /* in place of the first comma */
  g_string_append_c (json, '}');
  return TRUE;
}

/**
 * conc_field_to_body:
 * @text: (nullable): the new value; %NULL clears the field, which a body says as ""
 *
 * Returns: (transfer full): the body of a correction of one field.
 */
ConcBody *
conc_field_to_body (ConcField field, const char *text)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();

  add_field (builder, field, text);
  return conc_body_builder_end (builder);
}

/** conc_field_get_set_kind: Returns: the kind of fact that corrects @field. */
ConcKind
conc_field_get_set_kind (ConcField field, gboolean is_public)
{
  if (field == CONC_FIELD_BIB)
    return CONC_KIND_BIB;
  if (field == CONC_FIELD_CHECKED_IN)
    return CONC_KIND_CHECK_IN;
  return is_private_for (field, is_public) ? CONC_KIND_RUNNER_SET_PRIVATE : CONC_KIND_RUNNER_SET;
}

/**
 * conc_runner_from_merged:
 * @merged: what the facts about the runner say
 *
 * Whoever was seen at a desk is here, also when another desk said meanwhile that nobody came.
 *
 * Returns: (transfer full): the runner; keys that this version does not know are left out.
 */
ConcRunner *
conc_runner_from_merged (const char *id, const ConcMerged *merged)
{
  ConcRunner *runner = conc_runner_new (id);

  for (guint i = 0; i < conc_merged_get_n_slots (merged); i++)
    {
      const ConcSlot *slot = conc_merged_get_slot (merged, i);
      ConcField       field = conc_field_from_key (slot->key);

      if (field != CONC_FIELD_NONE)
        conc_runner_take (runner, field, conc_body_dup_entry (slot->winner->body, slot->key));
    }
  if (conc_runner_get_checked_in (runner) &&
      g_strcmp0 (conc_runner_get (runner, CONC_FIELD_ATTENDANCE), CONC_ATTENDANCE_NO_SHOW) == 0)
    conc_runner_set (runner, CONC_FIELD_ATTENDANCE, NULL);
  return runner;
}
