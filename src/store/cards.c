/* cards.c: what stations decided apart and somebody must decide together, in plain words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/cards.h"

#include "core/role.h"
#include "store/allow.h"
#include "store/card-private.h"
#include "store/reader-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** conc_card_kind_to_text: Returns: the name of @kind on the command line. */
const char *
conc_card_kind_to_text (ConcCardKind kind)
{
  static const char *const texts[CONC_N_CARD_KINDS] = {
    [CONC_CARD_FIELD] = "field",       [CONC_CARD_BIB] = "bib",
    [CONC_CARD_TWO_BIBS] = "two-bibs", [CONC_CARD_CHECK_IN] = "check-in",
    [CONC_CARD_WALK_UP] = "walk-up",   [CONC_CARD_REMOVED] = "removed",
    [CONC_CARD_GUN] = "gun",           [CONC_CARD_START] = "start",
    [CONC_CARD_TAP] = "tap",           [CONC_CARD_GIFT] = "gift",
    [CONC_CARD_FEE] = "fee",           [CONC_CARD_SETTING] = "setting",
    [CONC_CARD_STATION] = "station",   [CONC_CARD_ATTENDANCE] = "attendance",
    [CONC_CARD_TRANSFER] = "transfer", [CONC_CARD_CHUTE] = "chute",
    [CONC_CARD_STREAM] = "stream",     [CONC_CARD_CHIP] = "chip",
  };

  g_return_val_if_fail (kind < CONC_N_CARD_KINDS, NULL);
  return texts[kind];
}

static void
choice_free (gpointer data)
{
  ConcChoice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
  g_free (choice);
}

/** conc_card_new: Returns: (transfer full): a card without lines and choices. */
ConcCard *
conc_card_new (ConcCardKind kind, const char *id)
{
  ConcCard *card = g_new0 (ConcCard, 1);

  card->kind = kind;
  card->id = g_strdup (id);
  card->lines = g_ptr_array_new_with_free_func (g_free);
  card->choices = g_ptr_array_new_with_free_func (choice_free);
  return card;
}

/** conc_card_free: frees @card. */
void
conc_card_free (ConcCard *card)
{
  if (card == NULL)
    return;
  g_free (card->id);
  g_free (card->title);
  g_ptr_array_unref (card->lines);
  g_ptr_array_unref (card->choices);
  g_free (card);
}

/** conc_card_add_choice: @label: (transfer full): what the button says. */
void
conc_card_add_choice (ConcCard *card, const char *id, char *label, gboolean is_shown)
{
  ConcChoice *choice = g_new0 (ConcChoice, 1);

  choice->id = g_strdup (id);
  choice->label = label;
  choice->is_shown = is_shown;
  g_ptr_array_add (card->choices, choice);
}

/* "at Check-in 1, by Kim, 9:41:20" */
static char *
describe_origin (const ConcCardMaker *maker, const ConcFact *fact)
{
  g_autofree char *station = conc_reader_dup_station_name (maker->reader, fact->id.station);
  g_autofree char *clock = conc_time_format_clock (conc_hlc_get_usec (fact->hlc), maker->zone, 0);

  if (fact->operator_name != NULL && *fact->operator_name != '\0')
    return g_strdup_printf (_ ("at %s, by %s, %s"), station, fact->operator_name, clock);
  return g_strdup_printf (_ ("at %s, %s"), station, clock);
}

/**
 * conc_card_add_fact:
 * @what: what the fact says, like “Edina”
 *
 * Adds the line that tells what was entered where, by whom and when.
 */
void
conc_card_add_fact (const ConcCardMaker *maker,
                    ConcCard            *card,
                    const ConcFact      *fact,
                    const char          *what,
                    gboolean             is_shown)
{
  g_autofree char *origin = describe_origin (maker, fact);

  g_ptr_array_add (card->lines, is_shown ? g_strdup_printf (_ ("%s %s (shown now)"), what, origin)
                                         : g_strdup_printf (_ ("%s %s"), what, origin));
}

/** conc_card_dup_runner_name: Returns: (transfer full): the name, also of one who was removed. */
char *
conc_card_dup_runner_name (const ConcCardMaker *maker, const char *id)
{
  g_autoptr (GPtrArray) facts =
      conc_log_read_subject (conc_reader_get_log (maker->reader), id, NULL);
  g_autoptr (ConcMerged) merged = NULL;
  g_autoptr (ConcRunner) runner = NULL;
  g_autofree char *name = NULL;

  if (facts == NULL)
    return g_strdup (id);
  merged = conc_merge (facts);
  runner = conc_runner_from_merged (id, merged);
  name = conc_runner_dup_full_name (runner);
  if (*name != '\0')
    return g_steal_pointer (&name);
  return conc_runner_dup_public_name (runner);
}

static ConcFact *
find_fact (const ConcCardMaker *maker, const char *name)
{
  ConcFactId id;
  ConcFact  *fact = NULL;

  if (conc_fact_id_parse (name, &id))
    conc_log_find (conc_reader_get_log (maker->reader), &id, &fact, NULL);
  return fact;
}

/* ------------------------------------------------------------------- which are open */

typedef struct
{
  ConcReader *reader;
  ConcRole    role;
} Asker;

static gboolean
find_role (ConcReader *reader, Asker *ret_asker, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, "SELECT role FROM identity", error);

  if (statement == NULL || conc_db_step (db, statement, error) != CONC_STEP_ROW)
    return FALSE;
  ret_asker->reader = reader;
  ret_asker->role = conc_role_from_text (conc_column_text (statement, 0));
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
may_settle (const Asker *asker, const char *subject)
{
  return asker->role != CONC_ROLE_NONE &&
         conc_allow_about (asker->role, conc_reader_get_log (asker->reader), CONC_KIND_SETTLE,
                           subject, NULL, NULL);
}

static gboolean
may_settle_runners (const Asker *asker)
{
  return asker->role != CONC_ROLE_NONE && conc_role_may_write (asker->role, CONC_KIND_BIB);
}

static gboolean
may_settle_fees (const Asker *asker)
{
  return asker->role != CONC_ROLE_NONE && conc_role_may_write (asker->role, CONC_KIND_FEE);
}

static gboolean
count_slots (const Asker *asker, guint *count, GError **error)
{
  ConcDb       *db = conc_reader_get_db (asker->reader);
  sqlite3_stmt *statement = conc_db_prepare (db, "SELECT subject FROM " CONC_OPEN_SLOTS, error);
  ConcStep      step;

  if (statement == NULL)
    return FALSE;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    if (may_settle (asker, conc_column_text (statement, 0)))
      (*count)++;
  return step == CONC_STEP_DONE;
}

/** conc_reader_count_cards: @ret_count: (out): as many as conc_reader_list_cards() makes. */
gboolean
conc_reader_count_cards (ConcReader *reader, guint *ret_count, GError **error)
{
  gint64 n_of_people = 0;
  Asker  asker;

  *ret_count = 0;
  if (!find_role (reader, &asker, error) || !count_slots (&asker, ret_count, error))
    return FALSE;
  if (may_settle_runners (&asker) &&
      !conc_db_get_int (conc_reader_get_db (reader),
                        "SELECT (SELECT count (*) FROM " CONC_OPEN_BIBS
                        ") + (SELECT count (*) FROM " CONC_OPEN_TWINS ")",
                        &n_of_people, error))
    return FALSE;
  *ret_count += (guint) n_of_people;
  if (may_settle_fees (&asker))
    {
      if (!conc_db_get_int (conc_reader_get_db (reader), "SELECT count (*) FROM " CONC_OPEN_FEES,
                            &n_of_people, error))
        return FALSE;
      *ret_count += (guint) n_of_people;
    }
  return TRUE;
}

/* ---------------------------------------------------------------------- making them */

/* The rows are read before a card is made, because that asks the same database. */
static GPtrArray *
read_rows (ConcReader *reader, const char *sql, GError **error)
{
  ConcDb       *db = conc_reader_get_db (reader);
  sqlite3_stmt *statement = conc_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  ConcStep step;

  if (statement == NULL)
    return NULL;
  while ((step = conc_db_step (db, statement, error)) == CONC_STEP_ROW)
    {
      int    n_columns = sqlite3_column_count (statement);
      char **row = g_new0 (char *, n_columns + 1);

      for (int i = 0; i < n_columns; i++)
        row[i] = conc_column_dup (statement, i);
      g_ptr_array_add (rows, row);
    }
  return step == CONC_STEP_DONE ? g_steal_pointer (&rows) : NULL;
}

static ConcCard *
make_slot_card (const ConcCardMaker *maker, char **row)
{
  g_autoptr (ConcFact) winner = find_fact (maker, row[2]);
  g_autoptr (GPtrArray) rivals = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  g_auto (GStrv) names = g_strsplit (row[3], " ", -1);

  for (char **name = names; *name != NULL; name++)
    {
      ConcFact *rival = find_fact (maker, *name);

      if (rival != NULL)
        g_ptr_array_add (rivals, rival);
    }
  return conc_card_of_slot (maker, row[0], row[1], winner, rivals);
}

static gboolean
add_bib_cards (const ConcCardMaker *maker, GPtrArray *cards, GError **error)
{
  g_autoptr (GPtrArray) rows =
      read_rows (maker->reader, "SELECT bib FROM " CONC_OPEN_BIBS " ORDER BY bib", error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      char    **row = g_ptr_array_index (rows, i);
      ConcCard *card = conc_card_of_bib (maker, (guint) g_ascii_strtoull (row[0], NULL, 10), error);

      if (card == NULL)
        return FALSE;
      g_ptr_array_add (cards, card);
    }
  return rows != NULL;
}

static gboolean
add_slot_cards (const ConcCardMaker *maker, const Asker *asker, GPtrArray *cards, GError **error)
{
  g_autoptr (GPtrArray) rows =
      read_rows (maker->reader,
                 "SELECT subject, key, winner, rivals FROM " CONC_OPEN_SLOTS
                 " ORDER BY subject, key",
                 error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      if (may_settle (asker, row[0]))
        g_ptr_array_add (cards, make_slot_card (maker, row));
    }
  return rows != NULL;
}

static gboolean
add_twin_cards (const ConcCardMaker *maker, GPtrArray *cards, GError **error)
{
  g_autoptr (GPtrArray) rows =
      read_rows (maker->reader, "SELECT a, b FROM " CONC_OPEN_TWINS " ORDER BY a, b", error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      g_ptr_array_add (cards, conc_card_of_twins (maker, row[0], row[1]));
    }
  return rows != NULL;
}

static gboolean
add_fee_cards (const ConcCardMaker *maker, GPtrArray *cards, GError **error)
{
  g_autoptr (GPtrArray) rows =
      read_rows (maker->reader, "SELECT runner FROM " CONC_OPEN_FEES " ORDER BY runner", error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      char    **row = g_ptr_array_index (rows, i);
      ConcCard *card = conc_card_of_fees (maker, row[0], error);

      if (card == NULL)
        return FALSE;
      g_ptr_array_add (cards, card);
    }
  return rows != NULL;
}

/** conc_reader_list_cards: see the header. Cost: reads all facts about each. */
GPtrArray *
conc_reader_list_cards (ConcReader *reader, GTimeZone *zone, GError **error)
{
  const ConcCardMaker maker = { reader, zone };
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_card_free);
  Asker asker;

  if (!find_role (reader, &asker, error))
    return NULL;
  if (may_settle_runners (&asker) && !add_bib_cards (&maker, cards, error))
    return NULL;
  if (!add_slot_cards (&maker, &asker, cards, error))
    return NULL;
  if (may_settle_runners (&asker) && !add_twin_cards (&maker, cards, error))
    return NULL;
  if (may_settle_fees (&asker) && !add_fee_cards (&maker, cards, error))
    return NULL;
  return g_steal_pointer (&cards);
}
