/* project-money.c: the projections of gifts, payments and settings. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/race-time.h"
#include "store/cards.h"
#include "store/projector.h"

static gint64
get_time (const ConcMerged *merged, const ConcFact *founder)
{
  const char *text = conc_merged_get_text (merged, "at");
  gint64      at_usec;

  if (text != NULL && conc_time_parse_rfc3339 (text, &at_usec, NULL))
    return at_usec;
  return conc_hlc_get_usec (founder->hlc);
}

static gboolean
insert_gift (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcFact  *founder = conc_merged_get_founder (merged);
  const char      *method = conc_merged_get_text (merged, "method");
  g_autofree char *fact = conc_fact_id_to_text (&founder->id);

  return conc_db_run (
      db,
      "INSERT INTO gift (id, fact, hlc, at_usec, amount_cents, method, donor, is_anonymous, "
      "beneficiary, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error, "ttiiittitt", subject, fact, founder->hlc, get_time (merged, founder),
      conc_merged_get_int (merged, "amount_cents", 0), method != NULL ? method : "cash",
      conc_merged_get_text (merged, "from"),
      (gint64) conc_merged_get_bool (merged, "anonymous", FALSE),
      conc_merged_get_text (merged, "beneficiary"), conc_merged_get_text (merged, "message"));
}

/** conc_project_gift: see conc_project(). A gift that was taken back has no row. */
gboolean
conc_project_gift (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  return conc_db_run (db, "DELETE FROM gift WHERE id = ?", error, "t", subject) &&
         (!conc_merged_exists (merged) || insert_gift (db, subject, merged, error));
}

/* Whether somebody decided that the payment counts or does not; nobody has, as a rule. */
static gboolean
insert_fee (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcFact  *founder = conc_merged_get_founder (merged);
  const char      *method = conc_merged_get_text (merged, "method");
  const char      *runner = conc_merged_get_text (merged, "runner");
  g_autofree char *fact = conc_fact_id_to_text (&founder->id);

  if (runner == NULL)
    return TRUE;
  return conc_db_run (db,
                      "INSERT INTO fee (id, fact, hlc, at_usec, runner, amount_cents, method, "
                      "before_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      error, "ttiititi", subject, fact, founder->hlc, get_time (merged, founder),
                      runner, conc_merged_get_int (merged, "amount_cents", 0),
                      method != NULL ? method : "cash",
                      conc_merged_get_int (merged, CONC_KEY_BEFORE, 0)) &&
         (conc_merged_find (merged, CONC_KEY_COUNTS) == NULL ||
          conc_db_run (db, "UPDATE fee SET counts = ? WHERE id = ?", error, "it",
                       (gint64) conc_merged_get_bool (merged, CONC_KEY_COUNTS, TRUE), subject));
}

/** conc_project_fee: see conc_project(). A payment that was taken back has no row. */
gboolean
conc_project_fee (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  return conc_db_run (db, "DELETE FROM fee WHERE id = ?", error, "t", subject) &&
         (!conc_merged_exists (merged) || insert_fee (db, subject, merged, error));
}

/** conc_project_setting: see conc_project(). The subject is "setting:" and the key. */
gboolean
conc_project_setting (ConcDb *db, const char *subject, const ConcMerged *merged, GError **error)
{
  const ConcSlot  *slot = conc_merged_find (merged, "value");
  const char      *value = conc_merged_get_text (merged, "value");
  const char      *key = subject + strlen ("setting:");
  g_autofree char *fact = NULL;

  if (!g_str_has_prefix (subject, "setting:"))
    return TRUE;
  if (!conc_db_run (db, "DELETE FROM setting WHERE key = ?", error, "t", key))
    return FALSE;
  if (!conc_merged_exists (merged) || value == NULL)
    return TRUE;
  fact = conc_fact_id_to_text (&slot->winner->id);
  return conc_db_run (db, "INSERT INTO setting (key, fact, value) VALUES (?, ?, ?)", error, "ttt",
                      key, fact, value);
}
