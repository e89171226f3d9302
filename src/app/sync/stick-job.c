/* stick-job.c: packs on a stick: found, taken and saved, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/stick-job.h"

#include "store/identity.h"
#include "store/reader-sync.h"
#include "sync/pack.h"

#include <glib/gi18n.h>

#define SUFFIX ".pack"
#define FILES_MAX 10000u

ConcStickJob *
conc_stick_job_new (ConcShare *share, char *source, char *target, char *folder)
{
  ConcStickJob *job = g_new0 (ConcStickJob, 1);

  job->file = g_object_ref (conc_share_get_file (share));
  job->source = source;
  job->target = target;
  job->folder = folder;
  return job;
}

void
conc_stick_job_free (gpointer pointer)
{
  ConcStickJob *job = pointer;

  g_object_unref (job->file);
  g_free (job->source);
  g_free (job->target);
  g_free (job->folder);
  g_free (job);
}

char *
conc_stick_dup_pack_name (ConcRaceFile *file)
{
  const char      *race = conc_settings_get (conc_race_file_get_settings (file), CONC_SETTING_NAME);
  g_autofree char *station = conc_race_file_dup_sync (file, CONC_SYNC_NAME, NULL);
  g_autofree char *name = NULL;

  if (station == NULL || *station == '\0')
    {
      g_free (station);
      station = g_strdup (g_get_host_name ());
    }
  name = g_strconcat (race, " ", station, SUFFIX, NULL);
  return g_strdup (g_strdelimit (name, "/\\:*?\"<>|", '-'));
}

GPtrArray *
conc_stick_list_packs (const char *folder, const char *race_id)
{
  GPtrArray *packs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  for (guint i = 0; dir != NULL && i < FILES_MAX && (name = g_dir_read_name (dir)) != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, SUFFIX) && conc_pack_is_of (path, race_id))
        g_ptr_array_add (packs, g_steal_pointer (&path));
    }
  return packs;
}

/* ------------------------------------------------------------------------ taking */

static char *
dup_from (ConcRaceFile *file, const char *station)
{
  g_autoptr (ConcReader) reader = conc_reader_open (conc_race_file_get_path (file), NULL);

  return reader != NULL ? conc_reader_dup_station_name (reader, station) : g_strdup (station);
}

static void
append_rest (GString *text, const ConcUnpacked *unpacked)
{
  const ConcReceived *received = &unpacked->received;

  if (received->n_withheld > 0)
    g_string_append_printf (text,
                            ngettext (" %u entry is for other roles and was left out.",
                                      " %u entries are for other roles and were left out.",
                                      received->n_withheld),
                            received->n_withheld);
  if (unpacked->n_ahead > 0)
    g_string_append_printf (text,
                            ngettext (" %u entry is dated more than a day ahead and was not taken: "
                                      "set the clock of that laptop or of this one.",
                                      " %u entries are dated more than a day ahead and were not "
                                      "taken: set the clock of that laptop or of this one.",
                                      unpacked->n_ahead),
                            unpacked->n_ahead);
  if (received->n_differ > 0)
    g_string_append_printf (text,
                            ngettext (" %u entry was not taken because another has its name here: "
                                      "take a pack of this laptop there, and save one there again.",
                                      " %u entries were not taken because others have their names "
                                      "here: take a pack of this laptop there, and save one there "
                                      "again.",
                                      received->n_differ),
                            received->n_differ);
  if (unpacked->was_renamed)
    g_string_append (text,
                     _ (" A copy of this race file wrote under the same name. This laptop has "
                        "a new name now, and nothing was lost."));
}

static char *
take (ConcRaceFile *file, const char *source, GError **error)
{
  g_autofree char *from = NULL;
  ConcUnpacked     unpacked = { 0 };
  GString         *text;

  if (!conc_unpack (file, source, &unpacked, error))
    return NULL;
  from = dup_from (file, unpacked.station);
  text = g_string_new (NULL);
  if (unpacked.received.n_new == 0)
    g_string_append_printf (text, _ ("The pack of %s has nothing new."), from);
  else
    g_string_append_printf (text,
                            ngettext ("Took %u new entry from the pack of %s.",
                                      "Took %u new entries from the pack of %s.",
                                      unpacked.received.n_new),
                            unpacked.received.n_new, from);
  append_rest (text, &unpacked);
  return g_string_free (text, FALSE);
}

/* ------------------------------------------------------------------------ saving */

static char *
save (ConcRaceFile *file, const char *target, GError **error)
{
  g_autofree char *name = g_path_get_basename (target);
  gint64           n_facts = 0;

  if (!conc_pack (file, target, &n_facts, error))
    return NULL;
  return g_strdup_printf (ngettext ("Saved %d entry in %s.", "Saved %d entries in %s.",
                                    (gulong) n_facts),
                          (int) n_facts, name);
}

/* All that others left there, then what all of them have together. */
static char *
exchange (ConcRaceFile *file, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) packs = conc_stick_list_packs (folder, conc_race_file_get_race_id (file));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = conc_stick_dup_pack_name (file);
  g_autofree char *target = g_build_filename (folder, name, NULL);
  g_autofree char *saved = NULL;

  for (guint i = 0; i < packs->len; i++)
    {
      const char *path = g_ptr_array_index (packs, i);
      g_autoptr (GError) refusal = NULL;
      g_autofree char *taken = NULL;

      if (g_strcmp0 (path, target) == 0)
        continue;
      taken = take (file, path, &refusal);
      g_string_append_printf (text, "%s ", taken != NULL ? taken : refusal->message);
    }
  saved = save (file, target, error);
  if (saved == NULL)
    return NULL;
  return g_strconcat (text->str, saved, NULL);
}

char *
conc_stick_job_run (gpointer data, GError **error)
{
  const ConcStickJob *job = data;

  if (job->source != NULL)
    return take (job->file, job->source, error);
  if (job->target != NULL)
    return save (job->file, job->target, error);
  return exchange (job->file, job->folder, error);
}
