/* fact.c: something that happened, written once and never changed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/fact.h"

#include "core/streams.h"

#include <string.h>

/* @founds: a subject exists once a fact of such a kind stands; corrections alone make nothing. */
typedef struct
{
  const char *text;
  ConcFamily  family;
  gboolean    is_private;
  gboolean    founds;
} KindInfo;

static const KindInfo kinds[CONC_N_KINDS] = {
  [CONC_KIND_RUNNER] = { "runner", CONC_FAMILY_RUNNER, FALSE, TRUE },
  [CONC_KIND_RUNNER_PRIVATE] = { "runner.private", CONC_FAMILY_RUNNER, TRUE, FALSE },
  [CONC_KIND_RUNNER_SET] = { "runner.set", CONC_FAMILY_RUNNER, FALSE, FALSE },
  [CONC_KIND_RUNNER_SET_PRIVATE] = { "runner.set.private", CONC_FAMILY_RUNNER, TRUE, FALSE },
  [CONC_KIND_BIB] = { "bib", CONC_FAMILY_RUNNER, FALSE, FALSE },
  [CONC_KIND_CHECK_IN] = { "check-in", CONC_FAMILY_RUNNER, FALSE, FALSE },
  [CONC_KIND_RUNNER_REMOVED] = { "runner.removed", CONC_FAMILY_RUNNER, FALSE, FALSE },
  [CONC_KIND_RUNNER_APART] = { "runner.apart", CONC_FAMILY_RUNNER, FALSE, FALSE },
  [CONC_KIND_WAIVER] = { "waiver", CONC_FAMILY_RUNNER, TRUE, FALSE },
  [CONC_KIND_GUN] = { "gun", CONC_FAMILY_GUN, FALSE, TRUE },
  [CONC_KIND_START] = { "start", CONC_FAMILY_START, FALSE, TRUE },
  [CONC_KIND_TAP] = { "tap", CONC_FAMILY_TAP, FALSE, TRUE },
  [CONC_KIND_CROSSING] = { "crossing", CONC_FAMILY_TAP, FALSE, TRUE },
  [CONC_KIND_TAP_BIB] = { "tap.bib", CONC_FAMILY_TAP, FALSE, FALSE },
  [CONC_KIND_CHUTE] = { "chute", CONC_FAMILY_CHUTE, FALSE, TRUE },
  [CONC_KIND_CHUTE_SET] = { "chute.set", CONC_FAMILY_CHUTE, FALSE, FALSE },
  [CONC_KIND_STREAM] = { "stream", CONC_FAMILY_STREAM, FALSE, TRUE },
  [CONC_KIND_READ] = { "read", CONC_FAMILY_READ, FALSE, TRUE },
  [CONC_KIND_READ_SET] = { "read.set", CONC_FAMILY_READ, FALSE, FALSE },
  [CONC_KIND_CHIP] = { "chip", CONC_FAMILY_CHIP, FALSE, TRUE },
  [CONC_KIND_RULING] = { "ruling", CONC_FAMILY_RUNNER, FALSE, FALSE },
  [CONC_KIND_RULING_REASON] = { "ruling.reason", CONC_FAMILY_RUNNER, FALSE, FALSE },
  [CONC_KIND_REPAIR] = { "repair", CONC_FAMILY_REPAIR, FALSE, TRUE },
  [CONC_KIND_GUN_SEEN] = { "gun.seen", CONC_FAMILY_GUN_SEEN, FALSE, TRUE },
  [CONC_KIND_CLOCK] = { "clock", CONC_FAMILY_CLOCK, FALSE, TRUE },
  [CONC_KIND_GIFT] = { "gift", CONC_FAMILY_GIFT, FALSE, TRUE },
  [CONC_KIND_GIFT_PRIVATE] = { "gift.private", CONC_FAMILY_GIFT, TRUE, FALSE },
  [CONC_KIND_FEE] = { "fee", CONC_FAMILY_FEE, TRUE, TRUE },
  [CONC_KIND_PRINT] = { "print", CONC_FAMILY_PRINT, FALSE, TRUE },
  [CONC_KIND_PRINT_STATE] = { "print.state", CONC_FAMILY_PRINT, FALSE, FALSE },
  [CONC_KIND_SETTING] = { "setting", CONC_FAMILY_SETTING, FALSE, TRUE },
  [CONC_KIND_STATION] = { "station", CONC_FAMILY_STATION, FALSE, TRUE },
  [CONC_KIND_STATION_LOGIN] = { "station.login", CONC_FAMILY_STATION, TRUE, FALSE },
  [CONC_KIND_SETTLE] = { "settle", CONC_FAMILY_NONE, FALSE, FALSE },
  [CONC_KIND_UNDO] = { "undo", CONC_FAMILY_NONE, FALSE, FALSE },
};

/**
 * conc_fact_new:
 * @replaces: (nullable): the fact that this one corrects or takes back
 * @operator_name: (nullable): who was at the station
 * @body: (transfer none): the body
 *
 * Returns: (transfer full): an immutable fact. Any thread.
 */
ConcFact *
conc_fact_new (const ConcFactId *id,
               ConcHlc           hlc,
               ConcKind          kind,
               const char       *subject,
               const ConcFactId *replaces,
               const char       *operator_name,
               ConcBody         *body)
{
  ConcFact *fact = g_new0 (ConcFact, 1);

  g_atomic_ref_count_init (&fact->refs);
  fact->id = *id;
  fact->hlc = hlc;
  fact->kind = kind;
  fact->subject = g_strdup (subject);
  if (replaces != NULL)
    fact->replaces = *replaces;
  fact->operator_name = g_strdup (operator_name);
  fact->body = conc_body_ref (body);
  return fact;
}

/** conc_fact_ref: Returns: (transfer full): @fact with one more reference. Any thread. */
ConcFact *
conc_fact_ref (ConcFact *fact)
{
  g_atomic_ref_count_inc (&fact->refs);
  return fact;
}

/** conc_fact_unref: gives a reference back. Any thread. */
void
conc_fact_unref (ConcFact *fact)
{
  if (fact == NULL || !g_atomic_ref_count_dec (&fact->refs))
    return;
  g_free (fact->subject);
  g_free (fact->operator_name);
  conc_body_unref (fact->body);
  g_free (fact);
}

/**
 * conc_fact_compare:
 *
 * The one order of facts that is the same at every station: hybrid time, then the station's
 * name, then its sequence number.
 *
 * Returns: less than, equal to or greater than zero.
 */
int
conc_fact_compare (const ConcFact *a, const ConcFact *b)
{
  int by_station;

  if (a->hlc != b->hlc)
    return a->hlc < b->hlc ? -1 : 1;
  by_station = strcmp (a->id.station, b->id.station);
  if (by_station != 0)
    return by_station;
  return (a->id.seq > b->id.seq) - (a->id.seq < b->id.seq);
}

/** conc_fact_equal: Returns: whether both say the same under the same name. */
gboolean
conc_fact_equal (const ConcFact *a, const ConcFact *b)
{
  return conc_fact_id_equal (&a->id, &b->id) && a->hlc == b->hlc && a->kind == b->kind &&
         strcmp (a->subject, b->subject) == 0 && conc_fact_id_equal (&a->replaces, &b->replaces) &&
         g_strcmp0 (a->operator_name, b->operator_name) == 0 &&
         strcmp (conc_body_get_json (a->body), conc_body_get_json (b->body)) == 0;
}

/** conc_kind_to_text: Returns: the name of @kind in files and on the command line. */
const char *
conc_kind_to_text (ConcKind kind)
{
  g_return_val_if_fail (kind < CONC_N_KINDS, NULL);
  return kinds[kind].text;
}

/** conc_kind_from_text: Returns: the kind, or %CONC_KIND_NONE. */
ConcKind
conc_kind_from_text (const char *text)
{
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    if (g_strcmp0 (kinds[kind].text, text) == 0)
      return kind;
  return CONC_KIND_NONE;
}

/** conc_kind_is_private: Returns: whether bodies of @kind leave a station only sealed; who may read
 * them is in core/role.c. */
gboolean
conc_kind_is_private (ConcKind kind)
{
  g_return_val_if_fail (kind < CONC_N_KINDS, TRUE);
  return kinds[kind].is_private;
}

/** conc_kind_get_family: Returns: what @kind is about; %CONC_FAMILY_NONE for undo and settle. */
ConcFamily
conc_kind_get_family (ConcKind kind)
{
  g_return_val_if_fail (kind < CONC_N_KINDS, CONC_FAMILY_NONE);
  return kinds[kind].family;
}

/** conc_kind_founds: Returns: whether a fact of @kind brings its subject into being. */
gboolean
conc_kind_founds (ConcKind kind)
{
  g_return_val_if_fail (kind < CONC_N_KINDS, FALSE);
  return kinds[kind].founds;
}

static gboolean
is_plain_id (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789abcdefghijklmnopqrstuvwxyz") == strlen (text);
}

/* A subject that is named like the fact that founds it, with a letter before it. */
static ConcFamily
find_own_family (char letter)
{
  switch (letter)
    {
    case 'c':
      return CONC_FAMILY_CHUTE;
    case 'd':
      return CONC_FAMILY_READ;
    case 'x':
      return CONC_FAMILY_REPAIR;
    case 'n':
      return CONC_FAMILY_GUN_SEEN;
    case 'k':
      return CONC_FAMILY_CLOCK;
    default:
      return CONC_FAMILY_NONE;
    }
}

/* What follows from a line of a reader: a tap is named like the fact and the line, a bib in the
 * chute with a letter in front. */
static ConcFamily
get_family_of_read (const char *subject)
{
  ConcFactId id;
  guint      line;

  if (!conc_read_subject_parse (subject, &id, &line))
    return CONC_FAMILY_NONE;
  return g_str_has_prefix (subject, id.station) && subject[CONC_STATION_ID_LENGTH] == '-'
             ? CONC_FAMILY_TAP
             : CONC_FAMILY_CHUTE;
}

/**
 * conc_subject_get_family:
 *
 * The shape of a subject tells what it is, so that a fact whose kind is about something else can
 * be refused.
 *
 * Returns: the family, or %CONC_FAMILY_NONE when @subject has the shape of nothing.
 */
ConcFamily
conc_subject_get_family (const char *subject)
{
  ConcFactId id;

  if (strchr (subject, '#') != NULL)
    return get_family_of_read (subject);
  if (conc_fact_id_parse (subject, &id))
    return CONC_FAMILY_TAP;
  if (g_str_has_prefix (subject, "gun:"))
    return CONC_FAMILY_GUN;
  if (g_str_has_prefix (subject, "start:"))
    return CONC_FAMILY_START;
  if (g_str_has_prefix (subject, "setting:"))
    return CONC_FAMILY_SETTING;
  if (g_str_has_prefix (subject, "station:"))
    return conc_station_id_is_valid (subject + strlen ("station:")) ? CONC_FAMILY_STATION
                                                                    : CONC_FAMILY_NONE;
  if (g_str_has_prefix (subject, "stream:"))
    return CONC_FAMILY_STREAM;
  if (g_str_has_prefix (subject, "chip:"))
    return CONC_FAMILY_CHIP;
  if (*subject == 'g' && (is_plain_id (subject + 1) || conc_fact_id_parse (subject + 1, &id)))
    return CONC_FAMILY_GIFT;
  if (*subject != '\0' && conc_fact_id_parse (subject + 1, &id))
    return find_own_family (*subject);
  if (*subject != '\0' && !is_plain_id (subject + 1))
    return CONC_FAMILY_NONE;
  switch (*subject)
    {
    case 'r':
      return CONC_FAMILY_RUNNER;
    case 'f':
      return CONC_FAMILY_FEE;
    case 'p':
      return CONC_FAMILY_PRINT;
    default:
      return CONC_FAMILY_NONE;
    }
}
