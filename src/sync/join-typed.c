/* join-typed.c: joins with what a person has: the whole address, or a code, and perhaps where. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/pairing-code.h"
#include "sync/discovery.h"
#include "sync/join.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOK_MSEC 3000
#define LOOK_STEP_MSEC 100
/* Other hubs of the network answer at about the same time. */
#define LOOK_MORE_MSEC 300

static gboolean
is_url (const char *text)
{
  return strstr (text, "://") != NULL;
}

/** conc_join_check_text: see the header. Any thread. */
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

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_UNREACHABLE,
                       _ ("The hub was not found on this network. Give its address too: it stands "
                          "below the code, such as 192.0.2.7:47815."));
  return FALSE;
}

/* A given server's own address has characters that an address of ours holds only escaped. */
static char *
make_url (const char *where, const char *code)
{
  g_autofree char *server = NULL;

  if (!g_str_has_prefix (where, "postgres"))
    return g_strdup_printf ("concourse://%s/%s", where, code);
  server = g_uri_escape_string (where, NULL, FALSE);
  return g_strdup_printf ("concourse://hub/%s?s=%s", code, server);
}

static char **
list_urls (const char *text, const char *address, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *code = NULL;
  g_auto (GStrv) hubs = NULL;
  guint8 secret[CONC_PAIRING_BYTES];

  if (is_url (text))
    {
      g_strv_builder_add (builder, text);
      return g_strv_builder_end (builder);
    }
  if (!conc_pairing_code_parse (text, secret, error))
    return NULL;
  code = conc_pairing_code_format (secret);
  hubs = address != NULL ? g_strsplit (address, " ", 1) : look_for_hubs ();
  if (hubs[0] == NULL && !set_not_found (error))
    return NULL;
  for (char **each = hubs; *each != NULL; each++)
    {
      g_autofree char *url = make_url (*each, code);

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

/**
 * conc_join_typed:
 * @text: the address in a QR code, or a code as it is typed
 * @address: (nullable): HOST:PORT or postgresql:// of the hub; without it and with a code alone the
 *   network is searched, for up to three seconds
 *
 * Tries every hub that was found: one of another race learns nothing of the code.
 *
 * Returns: (transfer full) (nullable): as conc_join().
 */
ConcRaceFile *
conc_join_typed (const char *path,
                 const char *text,
                 const char *address,
                 const char *station_name,
                 ConcClock  *clock,
                 GError    **error)
{
  g_auto (GStrv) urls = list_urls (text, address, error);
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; urls != NULL && urls[i] != NULL; i++)
    {
      ConcRaceFile *file;

      g_clear_error (&failure);
      file = conc_join (path, urls[i], station_name, clock, &failure);
      if (file != NULL)
        return file;
      if (!may_be_elsewhere (failure))
        break;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
