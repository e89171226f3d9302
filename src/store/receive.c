/* receive.c: facts of other stations come into the race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/receive.h"

#include "core/role.h"
#include "store/race-file-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* 2100-01-01; a later time is no time of a race, and leaves room to be later than it. */
#define LATEST_USEC (G_GINT64_CONSTANT (4102444800) * G_USEC_PER_SEC)

typedef struct
{
  GPtrArray   *facts;
  ConcReceived received;
  gboolean     is_other_own; /* a fact in this station's name says something else here */
  GHashTable  *by_subject;   /* subject -> those of @facts that are new */
} Delivery;

static gboolean
is_short_text (const char *text, gsize max_bytes)
{
  return strlen (text) <= max_bytes && g_utf8_validate (text, -1, NULL);
}

static gboolean
has_sound_names (const ConcFact *fact)
{
  const ConcFactId *replaces = &fact->replaces;

  return conc_station_id_is_valid (fact->id.station) && fact->id.seq > 0 &&
         (replaces->seq == 0 ||
          (replaces->seq > 0 && conc_station_id_is_valid (replaces->station)));
}

static gboolean
has_sound_parts (const ConcFact *fact)
{
  return fact->hlc >= 0 && fact->hlc <= conc_hlc_from_usec (LATEST_USEC) &&
         fact->kind < CONC_N_KINDS && is_short_text (fact->subject, CONC_SUBJECT_MAX_BYTES) &&
         (fact->operator_name == NULL ||
          is_short_text (fact->operator_name, CONC_OPERATOR_MAX_BYTES)) &&
         strlen (conc_body_get_json (fact->body)) <= CONC_BODY_MAX_BYTES;
}

/* An undo and a settle can be about anything that has the shape of a subject. */
static gboolean
has_fitting_subject (const ConcFact *fact)
{
  ConcFamily of_kind = conc_kind_get_family (fact->kind);
  ConcFamily of_subject = conc_subject_get_family (fact->subject);

  return of_subject != CONC_FAMILY_NONE && (of_kind == CONC_FAMILY_NONE || of_kind == of_subject);
}

/**
 * conc_receive_check:
 *
 * Returns: whether @fact can be taken; otherwise %CONC_STORE_ERROR_REFUSED. Any thread.
 */
gboolean
conc_receive_check (const ConcFact *fact, GError **error)
{
  g_autofree char *station = NULL;

  if (has_sound_names (fact) && has_sound_parts (fact) && has_fitting_subject (fact))
    return TRUE;
  station = g_utf8_make_valid (fact->id.station, -1);
  return conc_store_refuse (error,
                            _ ("Entry %s-%" PRId64
                               " of another station makes no sense and was not taken."),
                            station, fact->id.seq);
}

static gboolean
is_own (ConcWriter *writer, const ConcFact *fact)
{
  return strcmp (fact->id.station, conc_writer_get_station (writer)) == 0;
}

/* Looks before anything is written: two files that wrote under one name must not be mixed. */
static gboolean
look_at_own (ConcWriter *writer, Delivery *delivery, GError **error)
{
  for (guint i = 0; i < delivery->facts->len; i++)
    {
      const ConcFact *fact = g_ptr_array_index (delivery->facts, i);
      g_autoptr (ConcFact) known = NULL;

      if (!is_own (writer, fact))
        continue;
      if (!conc_log_find (conc_writer_get_log (writer), &fact->id, &known, error))
        return FALSE;
      if (known == NULL || conc_fact_equal (known, fact))
        continue;
      if (!delivery->is_other_own || fact->id.seq < delivery->received.first_own.seq)
        delivery->received.first_own = fact->id;
      delivery->is_other_own = TRUE;
    }
  return TRUE;
}

static void
keep_for_subject (Delivery *delivery, ConcFact *fact)
{
  GPtrArray *facts = g_hash_table_lookup (delivery->by_subject, fact->subject);

  if (facts == NULL)
    {
      facts = g_ptr_array_new ();
      g_hash_table_insert (delivery->by_subject, fact->subject, facts);
    }
  g_ptr_array_add (facts, fact);
}

static gboolean
take_fact (ConcWriter *writer, Delivery *delivery, ConcFact *fact, GError **error)
{
  ConcTaken taken;

  if (!conc_writer_take (writer, fact, &taken, error))
    return FALSE;
  switch (taken)
    {
    case CONC_TAKEN_NEW:
      delivery->received.n_new++;
      keep_for_subject (delivery, fact);
      return TRUE;
    case CONC_TAKEN_KNOWN:
      delivery->received.n_known++;
      return TRUE;
    case CONC_TAKEN_DIFFERS:
    default:
      delivery->received.n_differ++;
      return TRUE;
    }
}

static gboolean
take_all (ConcWriter *writer, Delivery *delivery, GError **error)
{
  ConcRole role = conc_writer_get_role (writer);

  for (guint i = 0; i < delivery->facts->len; i++)
    {
      ConcFact *fact = g_ptr_array_index (delivery->facts, i);

      if (!conc_role_may_read (role, fact->kind))
        delivery->received.n_withheld++;
      else if (delivery->is_other_own && is_own (writer, fact))
        delivery->received.n_differ++;
      else if (!take_fact (writer, delivery, fact, error))
        return FALSE;
    }
  return TRUE;
}

/* Each subject is merged once, from what was known and what came. */
static gboolean
project_all (ConcWriter *writer, Delivery *delivery, gint64 position, GError **error)
{
  GHashTableIter iter;
  gpointer       subject, fresh;

  g_hash_table_iter_init (&iter, delivery->by_subject);
  while (g_hash_table_iter_next (&iter, &subject, &fresh))
    {
      g_autoptr (GPtrArray) facts =
          conc_log_read_subject_until (conc_writer_get_log (writer), subject, position, error);

      if (facts == NULL)
        return FALSE;
      for (guint i = 0; i < ((GPtrArray *) fresh)->len; i++)
        g_ptr_array_add (facts, conc_fact_ref (g_ptr_array_index ((GPtrArray *) fresh, i)));
      if (!conc_writer_project (writer, subject, facts, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
receive_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  Delivery *delivery = data;
  gint64    position;
  gboolean  received;

  /* A commit that fails is tried again. */
  memset (&delivery->received, 0, sizeof delivery->received);
  delivery->is_other_own = FALSE;
  delivery->by_subject =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  received = conc_log_get_position (conc_writer_get_log (writer), &position, error) &&
             look_at_own (writer, delivery, error) && take_all (writer, delivery, error) &&
             project_all (writer, delivery, position, error);
  g_clear_pointer (&delivery->by_subject, g_hash_table_unref);
  return received;
}

/**
 * conc_race_file_receive:
 * @facts: (element-type ConcFact): facts of any stations, in any order, any number of times
 * @ret_received: (out) (optional): what became of them
 *
 * One transaction; waits until it is durable. A fact whose name is known with another content is
 * counted and not taken. When that happens in this station's own name, a copy of this file writes
 * under it too: then nothing in that name is taken, and the caller renames the station with
 * conc_race_file_rename_station() and hands the facts over again. A fact that makes no sense is
 * %CONC_STORE_ERROR_REFUSED; after any error nothing is in the file. Any thread but the main loop
 * of the app.
 */
gboolean
conc_race_file_receive (ConcRaceFile *file,
                        GPtrArray    *facts,
                        ConcReceived *ret_received,
                        GError      **error)
{
  ConcWriter *writer = conc_race_file_get_writer (file, error);
  Delivery    delivery = { .facts = facts };

  if (writer == NULL)
    return FALSE;
  for (guint i = 0; i < facts->len; i++)
    if (!conc_receive_check (g_ptr_array_index (facts, i), error))
      return FALSE;
  if (facts->len > 0 && !conc_writer_call (writer, receive_cb, &delivery, NULL, error))
    return FALSE;
  if (ret_received != NULL)
    *ret_received = delivery.received;
  return TRUE;
}
