/* hub-config.c: how the private server of a hub is set up. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/hub-config.h"

/* TLS 1.3 and SCRAM or nothing; no socket in the file system. Bodies of facts never get into the
 * log of the server. Shared memory is in files, because a desktop may clear the other kind when a
 * user logs out. A station that is gone is noticed soon. */
static const char settings[] = "listen_addresses = '*'\n"
                               "unix_socket_directories = ''\n"
                               "max_connections = 120\n"
                               "superuser_reserved_connections = 3\n"
                               "authentication_timeout = 10s\n"
                               "password_encryption = 'scram-sha-256'\n"
                               "ssl = on\n"
                               "ssl_cert_file = '../server.crt'\n"
                               "ssl_key_file = '../server.key'\n"
                               "ssl_min_protocol_version = 'TLSv1.3'\n"
                               "tcp_keepalives_idle = 5\n"
                               "tcp_keepalives_interval = 2\n"
                               "tcp_keepalives_count = 3\n"
                               "tcp_user_timeout = 10s\n"
                               "client_connection_check_interval = 5s\n"
                               "shared_buffers = 32MB\n"
                               "dynamic_shared_memory_type = mmap\n"
                               "work_mem = 8MB\n"
                               "temp_file_limit = 256MB\n"
                               "max_worker_processes = 2\n"
                               "max_parallel_workers_per_gather = 0\n"
                               "max_parallel_maintenance_workers = 0\n"
                               "max_wal_senders = 0\n"
                               "wal_level = minimal\n"
                               "min_wal_size = 32MB\n"
                               "max_wal_size = 256MB\n"
                               "autovacuum_max_workers = 1\n"
                               "jit = off\n"
                               "fsync = on\n"
                               "synchronous_commit = on\n"
                               "logging_collector = off\n"
                               "log_destination = 'stderr'\n"
                               "log_line_prefix = '%m '\n"
                               "log_error_verbosity = terse\n"
                               "log_min_error_statement = panic\n"
                               "log_checkpoints = off\n"
                               "log_timezone = 'UTC'\n"
                               "timezone = 'UTC'\n"
                               "lc_messages = 'C'\n";

/* The owner of the server comes from this computer only; everybody else to the race only. */
static const char access_rules[] = "hostssl all  " CONC_HUB_ADMIN " 127.0.0.1/32 scram-sha-256\n"
                                   "hostssl all  " CONC_HUB_ADMIN " ::1/128      scram-sha-256\n"
                                   "host    all  " CONC_HUB_ADMIN " all          reject\n"
                                   "hostssl race all all          scram-sha-256\n"
                                   "host    all  all all          reject\n";

/** conc_hub_config_write_secret: writes a file that only its owner reads. */
gboolean
conc_hub_config_write_secret (const char *folder,
                              const char *name,
                              const char *text,
                              GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/**
 * conc_hub_config_write:
 *
 * Writes the configuration of a server that does not run, whatever it was before.
 */
gboolean
conc_hub_config_write (const ConcHubServer *server, guint port, GError **error)
{
  g_autofree char *folder = conc_hub_server_get_folder (server->race_id);
  g_autofree char *data = conc_hub_server_get_data (server->race_id);
  g_autofree char *text = g_strdup_printf ("%sport = %u\n", settings, port);
  g_autofree char *port_text = g_strdup_printf ("%u\n", port);

  return conc_hub_config_write_secret (data, "postgresql.conf", text, error) &&
         conc_hub_config_write_secret (data, "pg_hba.conf", access_rules, error) &&
         conc_hub_config_write_secret (folder, "server.key", server->key, error) &&
         conc_hub_config_write_secret (folder, "server.crt", server->certificate, error) &&
         conc_hub_config_write_secret (folder, "port", port_text, error);
}
