/* peers.c: the stations of a race as the hub last heard them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/peers.h"

#include <ifaddrs.h>
#include <netdb.h>
#include <net/if.h>
#include <string.h>
#include <sys/statvfs.h>

#define POWER_FOLDER "/sys/class/power_supply"
#define BYTES_PER_MB (1024 * 1024)
#define ADDRESSES_MAX 8

/**
 * conc_peer_new:
 * @status: (nullable): what the station said of itself
 *
 * Returns: (transfer full): what is known of it; what it does not say is -1 or "".
 */
ConcPeer *
conc_peer_new (const char *id,
               const char *name,
               const char *role,
               const char *status,
               gint64      heard_usec_ago)
{
  ConcPeer *peer = g_new0 (ConcPeer, 1);
  g_autoptr (ConcBody) body = conc_body_parse (status != NULL ? status : "{}", -1, NULL);

  if (body == NULL)
    body = conc_body_parse ("{}", -1, NULL);
  peer->id = g_strdup (id);
  peer->name = g_strdup (name);
  peer->role = conc_role_from_text (role);
  peer->heard_usec_ago = heard_usec_ago;
  peer->n_waiting = conc_body_get_int (body, "waiting", -1);
  peer->n_refused = conc_body_get_int (body, "refused", 0);
  peer->offset_usec = conc_body_get_int (body, "offset_usec", 0);
  peer->offset_error_usec = conc_body_get_int (body, "offset_error_usec", -1);
  peer->battery_percent = conc_body_get_int (body, "battery_percent", -1);
  peer->disk_free_mb = conc_body_get_int (body, "disk_free_mb", -1);
  peer->version = g_strdup (conc_body_get_text (body, "version"));
  peer->addresses = g_strdup (conc_body_get_text (body, "addresses"));
  peer->run = g_strdup (conc_body_get_text (body, "run"));
  return peer;
}

/** conc_peer_copy: Returns: (transfer full): the same. */
ConcPeer *
conc_peer_copy (const ConcPeer *peer)
{
  ConcPeer *copy = g_memdup2 (peer, sizeof *peer);

  copy->id = g_strdup (peer->id);
  copy->name = g_strdup (peer->name);
  copy->version = g_strdup (peer->version);
  copy->addresses = g_strdup (peer->addresses);
  copy->run = g_strdup (peer->run);
  return copy;
}

/** conc_peer_free: frees @peer. */
void
conc_peer_free (ConcPeer *peer)
{
  if (peer == NULL)
    return;
  g_free (peer->id);
  g_free (peer->name);
  g_free (peer->version);
  g_free (peer->addresses);
  g_free (peer->run);
  g_free (peer);
}

static void
add_text (ConcBodyBuilder *builder, const char *key, const char *text)
{
  if (text != NULL)
    conc_body_builder_add_text (builder, key, text);
}

/** conc_peer_to_status: Returns: (transfer full): what @self says, read by conc_peer_new(). */
char *
conc_peer_to_status (const ConcPeer *self)
{
  ConcBodyBuilder *builder = conc_body_builder_new ();
  g_autoptr (ConcBody) body = NULL;

  conc_body_builder_add_int (builder, "waiting", self->n_waiting);
  conc_body_builder_add_int (builder, "refused", self->n_refused);
  conc_body_builder_add_int (builder, "offset_usec", self->offset_usec);
  conc_body_builder_add_int (builder, "offset_error_usec", self->offset_error_usec);
  conc_body_builder_add_int (builder, "battery_percent", self->battery_percent);
  conc_body_builder_add_int (builder, "disk_free_mb", self->disk_free_mb);
  add_text (builder, "version", self->version);
  add_text (builder, "addresses", self->addresses);
  add_text (builder, "run", self->run);
  body = conc_body_builder_end (builder);
  return g_strdup (conc_body_get_json (body));
}

static gint64
measure_battery (void)
{
  g_autoptr (GDir) folder = g_dir_open (POWER_FOLDER, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (POWER_FOLDER, name, "capacity", NULL);
      g_autofree char *text = NULL;
      guint64          percent;

      if (g_str_has_prefix (name, "BAT") && g_file_get_contents (path, &text, NULL, NULL) &&
          g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, 100, &percent, NULL))
        return (gint64) percent;
    }
  return -1;
}

static gint64
measure_disk (const char *race_path)
{
  struct statvfs info;

  if (statvfs (race_path, &info) != 0)
    return -1;
  return (gint64) ((guint64) info.f_bavail * info.f_frsize / BYTES_PER_MB);
}

static gboolean
is_for_others (const struct ifaddrs *each)
{
  return each->ifa_addr != NULL && (each->ifa_flags & IFF_UP) != 0 &&
         (each->ifa_flags & IFF_LOOPBACK) == 0 && each->ifa_addr->sa_family == AF_INET;
}

static char *
list_addresses (void)
{
  struct ifaddrs *all = NULL;
  GString        *text = g_string_new (NULL);
  guint           n_found = 0;

  if (getifaddrs (&all) != 0)
    return g_string_free (text, FALSE);
  for (const struct ifaddrs *each = all; each != NULL; each = each->ifa_next)
    {
      char host[NI_MAXHOST];

      if (!is_for_others (each) || n_found == ADDRESSES_MAX ||
          getnameinfo (each->ifa_addr, sizeof (struct sockaddr_in), host, sizeof host, NULL, 0,
                       NI_NUMERICHOST) != 0)
        continue;
      g_string_append_printf (text, "%s%s", n_found > 0 ? " " : "", host);
      n_found++;
    }
  freeifaddrs (all);
  return g_string_free (text, FALSE);
}

/** conc_peer_measure: fills in battery, disk, addresses and version of this computer. */
void
conc_peer_measure (ConcPeer *self, const char *race_path)
{
  self->battery_percent = measure_battery ();
  self->disk_free_mb = measure_disk (race_path);
  g_free (self->addresses);
  self->addresses = list_addresses ();
  g_free (self->version);
  self->version = g_strdup (CONC_VERSION);
}
