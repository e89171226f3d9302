/* scan-capture.c: takes the keys of a scanner before any widget gets them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/scan-capture.h"

#include "app/scan-fields.h"
#include "app/scan.h"
#include "core/key-burst.h"

/* Before the frame is drawn, but not before keys that wait: the time of a key counts, not when
 * this program comes to it. */
#define SILENCE_PRIORITY (GDK_PRIORITY_EVENTS + 10)

struct _ConcScanCapture
{
  GObject parent_instance;

  /* owned */
  GListModel     *windows;
  ConcKeyBurst   *burst;
  GQueue          held;    /* GdkEvent: presses and releases in their order */
  GHashTable     *down;    /* codes of the keys that are pressed now */
  GHashTable     *dropped; /* of those, the ones whose press nobody got */
  ConcScanFields *fields;  /* as they were before the first key that may be of a code */

  /* borrowed */
  GtkWindow *window; /* that the keys are held from; a weak pointer */

  /* state */
  guint    silence_source;
  gboolean is_passing;
};

G_DEFINE_FINAL_TYPE (ConcScanCapture, conc_scan_capture, G_TYPE_OBJECT)

/* ------------------------------------------------------------- what a key is */

static gboolean
is_control (guint keyval, GdkModifierType modifiers)
{
  return (modifiers & GDK_CONTROL_MASK) != 0 && keyval > GDK_KEY_space && keyval < 0x7f;
}

static ConcKeyKind
get_kind (GdkEvent *event, gunichar *ret_letter)
{
  const guint           keyval = gdk_key_event_get_keyval (event);
  const GdkModifierType modifiers = gdk_event_get_modifier_state (event);

  *ret_letter = gdk_keyval_to_unicode (keyval);
  if ((modifiers & (GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return CONC_KEY_OTHER;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter ||
      keyval == GDK_KEY_Linefeed)
    return (modifiers & GDK_CONTROL_MASK) != 0 ? CONC_KEY_JUNK : CONC_KEY_ENTER;
  if (keyval == GDK_KEY_Tab || keyval == GDK_KEY_KP_Tab)
    return modifiers & GDK_CONTROL_MASK ? CONC_KEY_OTHER : CONC_KEY_TAB;
  if (is_control (keyval, modifiers))
    return CONC_KEY_JUNK;
  if ((modifiers & GDK_CONTROL_MASK) != 0)
    return CONC_KEY_OTHER;
  if (keyval >= GDK_KEY_F1 && keyval <= GDK_KEY_F35)
    return CONC_KEY_JUNK;
  return *ret_letter >= ' ' && *ret_letter != 0x7f ? CONC_KEY_TEXT : CONC_KEY_OTHER;
}

/* Some compositors and test tools give no time. */
static guint32
get_msec (GdkEvent *event)
{
  const guint32 msec = gdk_event_get_time (event);

  return msec != 0 ? msec : (guint32) (g_get_monotonic_time () / 1000);
}

static gpointer
get_code (GdkEvent *event)
{
  return GUINT_TO_POINTER (gdk_key_event_get_keycode (event));
}

/* ------------------------------------------------------------- the keys that are held */

static void
drop_held (ConcScanCapture *self)
{
  for (GdkEvent *event; (event = g_queue_pop_head (&self->held)) != NULL; gdk_event_unref (event))
    if (gdk_event_get_event_type (event) == GDK_KEY_PRESS)
      g_hash_table_add (self->dropped, get_code (event));
    else
      g_hash_table_remove (self->dropped, get_code (event));
}

/* As if they came now, with the times at which they were pressed. */
static void
pass_held (ConcScanCapture *self)
{
  g_autoptr (ConcScanCapture) alive = g_object_ref (self);

  for (GdkEvent *event; (event = g_queue_pop_head (&self->held)) != NULL; gdk_event_unref (event))
    {
      GdkSurface *surface = gdk_event_get_surface (event);
      gboolean    was_passing = self->is_passing;
      gboolean    is_handled;

      if (surface == NULL || gdk_surface_is_destroyed (surface))
        continue;
      self->is_passing = TRUE;
      g_signal_emit_by_name (surface, "event", event, &is_handled);
      self->is_passing = was_passing;
    }
}

static void
deliver (ConcScanCapture *self)
{
  g_autofree char *text = g_strdup (conc_key_burst_get_text (self->burst));
  g_autoptr (ConcScanFields) fields = g_steal_pointer (&self->fields);

  drop_held (self);
  if (conc_key_burst_has_passed (self->burst) && fields != NULL)
    conc_scan_fields_restore (fields);
  if (self->window != NULL)
    conc_scan_deliver (GTK_WIDGET (self->window), text);
}

/* No more keys of the same scan. */
static void
finish (ConcScanCapture *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
  if (conc_key_burst_get_n_held (self->burst) == 0)
    return;
  if (conc_key_burst_end (self->burst))
    deliver (self);
  else
    pass_held (self);
}

static gboolean
silence_cb (gpointer user_data)
{
  ConcScanCapture *self = user_data;

  self->silence_source = 0;
  finish (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_silence (ConcScanCapture *self)
{
  g_clear_handle_id (&self->silence_source, g_source_remove);
  self->silence_source =
      g_timeout_add_full (SILENCE_PRIORITY, conc_key_burst_get_patience_msec (self->burst) + 1,
                          silence_cb, self, NULL);
}

static void
hold (ConcScanCapture *self, GdkEvent *event)
{
  g_queue_push_tail (&self->held, gdk_event_ref (event));
  wait_for_silence (self);
}

/* ------------------------------------------------------------- keys as they come */

/* A key that means something to the page that is shown even while a scanner types. */
static gboolean
is_kept (GtkWindow *window, guint keyval)
{
  return conc_scan_keeps_key (GTK_WIDGET (window), keyval);
}

static void
note_window (ConcScanCapture *self, GtkWindow *window, const ConcKey *key)
{
  if (!conc_key_burst_is_new_run (self->burst, key->msec))
    return;
  g_clear_pointer (&self->fields, conc_scan_fields_free);
  if (key->kind == CONC_KEY_TEXT || key->kind == CONC_KEY_JUNK)
    self->fields = conc_scan_fields_new (window);
  g_set_weak_pointer (&self->window, window);
}

static gboolean
take_press (ConcScanCapture *self, GdkEvent *event, const ConcKey *key)
{
  switch (conc_key_burst_press (self->burst, key))
    {
    case CONC_KEY_HOLD:
      hold (self, event);
      return GDK_EVENT_STOP;
    case CONC_KEY_SCANNED:
      g_clear_handle_id (&self->silence_source, g_source_remove);
      g_hash_table_add (self->dropped, get_code (event));
      deliver (self);
      return GDK_EVENT_STOP;
    case CONC_KEY_DROP:
      g_hash_table_add (self->dropped, get_code (event));
      return GDK_EVENT_STOP;
    case CONC_KEY_ENDS:
      finish (self);
      return GDK_EVENT_PROPAGATE;
    case CONC_KEY_PASS:
    default:
      g_clear_handle_id (&self->silence_source, g_source_remove);
      pass_held (self);
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
press (ConcScanCapture *self, GtkWindow *window, GdkEvent *event)
{
  ConcKey key = { .msec = get_msec (event) };

  if (gdk_key_event_is_modifier (event) || is_kept (window, gdk_key_event_get_keyval (event)))
    return GDK_EVENT_PROPAGATE;
  key.kind = get_kind (event, &key.letter);
  key.is_repeat = !g_hash_table_add (self->down, get_code (event));
  g_hash_table_remove (self->dropped, get_code (event));
  if (conc_key_burst_is_over (self->burst, key.msec))
    finish (self);
  note_window (self, window, &key);
  return take_press (self, event, &key);
}

static gboolean
is_press_held (ConcScanCapture *self, GdkEvent *release)
{
  for (GList *l = self->held.head; l != NULL; l = l->next)
    if (gdk_event_get_event_type (l->data) == GDK_KEY_PRESS &&
        get_code (l->data) == get_code (release))
      return TRUE;
  return FALSE;
}

/* A release goes where its press went. */
static gboolean
release (ConcScanCapture *self, GdkEvent *event)
{
  g_hash_table_remove (self->down, get_code (event));
  if (g_hash_table_remove (self->dropped, get_code (event)))
    return GDK_EVENT_STOP;
  if (!is_press_held (self, event))
    return GDK_EVENT_PROPAGATE;
  g_queue_push_tail (&self->held, gdk_event_ref (event));
  return GDK_EVENT_STOP;
}

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, ConcScanCapture *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_event_controller_get_widget (controller));

  if (self->is_passing)
    return GDK_EVENT_PROPAGATE;
  switch ((guint) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
      return press (self, window, event);
    case GDK_KEY_RELEASE:
      return release (self, event);
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      finish (self);
      return GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* ------------------------------------------------------------- all windows */

/* Another program may get the release of a key. */
static void
is_active_cb (ConcScanCapture *self)
{
  g_hash_table_remove_all (self->down);
  g_hash_table_remove_all (self->dropped);
}

/* The one that was added last is asked first. */
static void
controllers_changed_cb (GListModel *controllers,
                        guint       at,
                        guint       n_gone,
                        guint       n_new,
                        GtkWindow  *window)
{
  GtkEventController *controller = g_object_get_data (G_OBJECT (controllers), "scan-capture");
  g_autoptr (GtkEventController) first = g_list_model_get_item (controllers, 0);

  if (n_new == 0 || at > 0 || first == controller)
    return;
  g_object_ref (controller);
  gtk_widget_remove_controller (GTK_WIDGET (window), controller);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

static void
attach (ConcScanCapture *self, GtkWindow *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();
  GListModel         *controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, 0);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (is_active_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
  g_object_set_data (G_OBJECT (controllers), "scan-capture", controller);
  g_signal_connect_object (controllers, "items-changed", G_CALLBACK (controllers_changed_cb),
                           window, 0);
  g_object_set_data_full (G_OBJECT (window), "scan-capture", controllers, g_object_unref);
}

static void
windows_changed_cb (GListModel *windows, guint at, guint n_gone, guint n_new, ConcScanCapture *self)
{
  for (guint i = at; i < at + n_new; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_object_get_data (G_OBJECT (window), "scan-capture") == NULL)
        attach (self, window);
    }
}

static void
conc_scan_capture_dispose (GObject *object)
{
  ConcScanCapture *self = CONC_SCAN_CAPTURE (object);

  g_clear_handle_id (&self->silence_source, g_source_remove);
  g_queue_clear_full (&self->held, (GDestroyNotify) gdk_event_unref);
  g_clear_pointer (&self->fields, conc_scan_fields_free);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->windows);
  G_OBJECT_CLASS (conc_scan_capture_parent_class)->dispose (object);
}

static void
conc_scan_capture_finalize (GObject *object)
{
  ConcScanCapture *self = CONC_SCAN_CAPTURE (object);

  conc_key_burst_free (self->burst);
  g_hash_table_unref (self->down);
  g_hash_table_unref (self->dropped);
  G_OBJECT_CLASS (conc_scan_capture_parent_class)->finalize (object);
}

static void
conc_scan_capture_class_init (ConcScanCaptureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = conc_scan_capture_dispose;
  G_OBJECT_CLASS (klass)->finalize = conc_scan_capture_finalize;
}

static void
conc_scan_capture_init (ConcScanCapture *self)
{
  self->burst = conc_key_burst_new ();
  self->down = g_hash_table_new (NULL, NULL);
  self->dropped = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->held);
  self->windows = g_object_ref (gtk_window_get_toplevels ());
  g_signal_connect_object (self->windows, "items-changed", G_CALLBACK (windows_changed_cb), self,
                           0);
  windows_changed_cb (self->windows, 0, 0, g_list_model_get_n_items (self->windows), self);
}

/* Listens to every window of the program, now and later. A scanner is one more keyboard: what it
 * types would end up in whatever has the focus, and its Enter would press the button there. Keys
 * that come as fast as a scanner's are held for a moment, and go to the widgets after all when they
 * are no code. */
ConcScanCapture *
conc_scan_capture_new (void)
{
  return g_object_new (CONC_TYPE_SCAN_CAPTURE, NULL);
}
