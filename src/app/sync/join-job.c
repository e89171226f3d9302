/* join-job.c: finds the hub that a code is for and joins its race, on a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sync/join-job.h"

#include "core/pairing-code.h"
#include "sync/discovery.h"
#include "sync/join.h"
#include "sync/worker.h"

#include <glib/gi18n.h>

#define LOOK_MSEC 3000
#define LOOK_STEP_MSEC 100
/* Other hubs of the network answer at about the same time. */
#define LOOK_MORE_MSEC 300

void
conc_join_job_free (gpointer pointer)
{
  ConcJoinJob *job = pointer;

  g_free (job->text);
  g_free (job->address);
  g_free (job->name);
  g_free (job->path);
  g_free (job);
}

static gboolean
is_url (const char *text)
{
  return strstr (text, "://") != NULL;
}

gboolean
conc_join_check_text (const char *text, GError **error)
{
  g_auto (ConcPairingUrl) url = { NULL };
  guint8 secret[CONC_PAIRING_BYTES];

  return is_url (text) ? conc_pairing_url_parse (text, &url, error)
                       : conc_pairing_code_parse (text, secret, error);
}

static char **
look_for_hubs (void)
{
  g_autoptr (ConcDiscovery) discovery = conc_discovery_new (NULL);
  char **hubs = conc_discovery_list (discovery);

  for (guint waited = 0; hubs[0] == NULL && waited < LOOK_MSEC; waited += LOOK_STEP_MSEC)
    {
      g_usleep (LOOK_STEP_MSEC * 1000);
      g_strfreev (hubs);
      hubs = conc_discovery_list (discovery);
    }
  if (hubs[0] == NULL)
    return hubs;
  g_usleep (LOOK_MORE_MSEC * 1000);
  g_strfreev (hubs);
  return conc_discovery_list (discovery);
}

/* The code as it is in addresses, which hold no spaces. */
static char *
dup_plain_code (const char *text)
{
  guint8 secret[CONC_PAIRING_BYTES];

  return conc_pairing_code_parse (text, secret, NULL) ? conc_pairing_code_format (secret) : NULL;
}

static char **
list_urls (const ConcJoinJob *job, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *code = dup_plain_code (job->text);
  g_auto (GStrv) hubs = NULL;
  const char *const  typed[] = { job->address, NULL };
  const char *const *each;

  if (is_url (job->text))
    {
      g_strv_builder_add (builder, job->text);
      return g_strv_builder_end (builder);
    }
  if (job->address == NULL)
    hubs = look_for_hubs ();
  each = hubs != NULL ? (const char *const *) hubs : typed;
  if (*each == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND,
                           _ ("The hub was not found on this network. Type its address too: it "
                              "stands below the code, such as 192.0.2.7:47815."));
      return NULL;
    }
  for (; *each != NULL; each++)
    {
      g_autofree char *url = g_strdup_printf ("concourse://%s/%s", *each, code);

      g_strv_builder_add (builder, url);
    }
  return g_strv_builder_end (builder);
}

/* A hub of another race does not know the code, and learns nothing of it. */
static gboolean
may_be_elsewhere (const GError *error)
{
  return g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_UNREACHABLE) ||
         g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_INVITATION) ||
         g_error_matches (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_THE_HUB);
}

static ConcRaceFile *
join_one_of (const ConcJoinJob *job, char **urls, GError **error)
{
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; urls[i] != NULL; i++)
    {
      ConcRaceFile *file;

      g_clear_error (&failure);
      file = conc_join (job->path, urls[i], job->name, conc_clock_get_system (), &failure);
      if (file != NULL)
        return file;
      if (!may_be_elsewhere (failure))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* The race is fetched here too, so that the window opens with runners and not empty. Where the link
 * breaks meanwhile the rest comes later, as always. */
char *
conc_join_job_run (gpointer data, GError **error)
{
  const ConcJoinJob *job = data;
  g_auto (GStrv) urls = list_urls (job, error);
  g_autoptr (ConcRaceFile) file = urls != NULL ? join_one_of (job, urls, error) : NULL;
  ConcExchanged exchanged = { 0 };

  if (file == NULL)
    return NULL;
  conc_sync_once (file, NULL, &exchanged, NULL);
  conc_race_file_close (file);
  return g_strdup_printf (ngettext ("%d entry of the race is here.",
                                    "%d entries of the race are here.",
                                    (gulong) exchanged.n_received),
                          (int) exchanged.n_received);
}
