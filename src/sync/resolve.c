/* resolve.c: the address of a host, without waiting longer than told. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/resolve.h"

#include "sync/error.h"

#include <glib/gi18n-lib.h>

/* libpq asks for names itself, but waits for the answer as long as the system likes. */

typedef struct
{
  GMainLoop    *loop;
  GAsyncResult *result;
} Lookup;

static void
lookup_cb (GObject *resolver, GAsyncResult *result, gpointer user_data)
{
  Lookup *lookup = user_data;

  lookup->result = g_object_ref (result);
  g_main_loop_quit (lookup->loop);
}

static gboolean
give_up_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

static void
pass_on_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

/* A context of this call alone: no source of the program runs meanwhile. */
static GList *
look_up (const char *host, guint timeout_msec, GCancellable *outer, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GCancellable) inner = g_cancellable_new ();
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GSource) timer = g_timeout_source_new (timeout_msec);
  Lookup lookup = { g_main_loop_new (context, FALSE), NULL };
  gulong handler = 0;
  GList *addresses;

  if (outer != NULL)
    handler = g_cancellable_connect (outer, G_CALLBACK (pass_on_cb), inner, NULL);
  g_main_context_push_thread_default (context);
  g_source_set_callback (timer, give_up_cb, inner, NULL);
  g_source_attach (timer, context);
  g_resolver_lookup_by_name_async (resolver, host, inner, lookup_cb, &lookup);
  g_main_loop_run (lookup.loop);
  g_source_destroy (timer);
  g_main_context_pop_thread_default (context);
  g_cancellable_disconnect (outer, handler);
  addresses = g_resolver_lookup_by_name_finish (resolver, lookup.result, error);
  g_object_unref (lookup.result);
  g_main_loop_unref (lookup.loop);
  return addresses;
}

/**
 * conc_resolve:
 * @host: a name or an address
 *
 * Returns: (transfer full): an address of @host in numbers; an address comes back as it is.
 * %CONC_SYNC_ERROR_UNREACHABLE when nobody knows the name. Any thread but the main loop of the app.
 */
char *
conc_resolve (const char *host, guint timeout_msec, GCancellable *cancellable, GError **error)
{
  GList *addresses;
  char  *text;

  if (g_hostname_is_ip_address (host))
    return g_strdup (host);
  addresses = look_up (host, timeout_msec, cancellable, NULL);
  if (addresses == NULL)
    {
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_UNREACHABLE,
                   _ ("This network knows no computer “%s”."), host);
      return NULL;
    }
  text = g_inet_address_to_string (addresses->data);
  g_resolver_free_addresses (addresses);
  return text;
}
