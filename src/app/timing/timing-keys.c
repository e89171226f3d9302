/* timing-keys.c: the keys of the timing table, wherever the focus is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/timing/timing-keys.h"

struct _ConcTimingKeys
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget          *page;
  GtkEditable        *entry;
  GtkWidget          *window;
  GtkEventController *controller;

  /* state */
  gboolean space_is_down;
};

enum
{
  TAP,
  GUN,
  TYPED,
  ERASE,
  ENTER,
  CLEAR,
  REMOVE,
  MOVE,
  LADDER,
  MENU,
  UNREAD,
  WRONG,
  N_SIGNALS
};

#define MODIFIERS (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcTimingKeys, conc_timing_keys, G_TYPE_OBJECT)

typedef enum
{
  FOCUS_ELSEWHERE,
  FOCUS_ON_ENTRY,
  FOCUS_ON_OTHER_TEXT
} Focus;

static Focus
find_focus (ConcTimingKeys *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  if (focus == NULL || !GTK_IS_EDITABLE (focus))
    return FOCUS_ELSEWHERE;
  if (focus == GTK_WIDGET (self->entry) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->entry)))
    return FOCUS_ON_ENTRY;
  return FOCUS_ON_OTHER_TEXT;
}

static guint32
get_event_msec (ConcTimingKeys *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (self->controller);

  return event != NULL ? gdk_event_get_time (event) : 0;
}

static gboolean
is_space (guint keyval)
{
  return keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;
}

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
}

/* A key that is held repeats its press without a release between. */
static gboolean
press_space (ConcTimingKeys *self)
{
  if (!self->space_is_down)
    {
      self->space_is_down = TRUE;
      g_signal_emit (self, signals[TAP], 0, get_event_msec (self));
    }
  return TRUE;
}

/* Figures and letters: a bib, or the code that a scanner types. */
static gboolean
type (ConcTimingKeys *self, guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);
  char     text[2] = { (char) letter, '\0' };

  if (letter >= 0x80 || (!g_ascii_isalnum (letter) && letter != ':' && letter != '-'))
    return FALSE;
  g_signal_emit (self, signals[TYPED], 0, text);
  return TRUE;
}

static gboolean
ask (ConcTimingKeys *self, guint signal)
{
  gboolean was_used = FALSE;

  g_signal_emit (self, signals[signal], 0, &was_used);
  return was_used;
}

static gboolean
press_plain (ConcTimingKeys *self, guint keyval, Focus focus)
{
  if (is_enter (keyval))
    return ask (self, ENTER);
  switch (keyval)
    {
    case GDK_KEY_Escape:
      return ask (self, CLEAR);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      g_signal_emit (self, signals[MOVE], 0, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      g_signal_emit (self, signals[MOVE], 0, 1);
      return TRUE;
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return ask (self, REMOVE);
    case GDK_KEY_question:
    case GDK_KEY_KP_Multiply:
      g_signal_emit (self, signals[UNREAD], 0);
      return TRUE;
    case GDK_KEY_F2:
    case GDK_KEY_KP_Subtract:
      g_signal_emit (self, signals[WRONG], 0);
      return TRUE;
    case GDK_KEY_Menu:
      g_signal_emit (self, signals[MENU], 0);
      return TRUE;
    case GDK_KEY_BackSpace:
      if (focus == FOCUS_ON_ENTRY)
        return FALSE;
      g_signal_emit (self, signals[ERASE], 0);
      return TRUE;
    default:
      return type (self, keyval);
    }
}

static gboolean
key_pressed_cb (ConcTimingKeys *self, guint keyval, guint keycode, GdkModifierType modifiers)
{
  Focus focus;

  if (!gtk_widget_get_mapped (self->page))
    return FALSE;
  modifiers &= MODIFIERS;
  if (modifiers == GDK_CONTROL_MASK && (keyval == GDK_KEY_g || keyval == GDK_KEY_G))
    {
      g_signal_emit (self, signals[GUN], 0, get_event_msec (self));
      return TRUE;
    }
  if (modifiers == GDK_CONTROL_MASK && (keyval == GDK_KEY_l || keyval == GDK_KEY_L))
    {
      g_signal_emit (self, signals[LADDER], 0);
      return TRUE;
    }
  if (modifiers != 0)
    return FALSE;
  if (is_space (keyval))
    return press_space (self);
  focus = find_focus (self);
  return focus != FOCUS_ON_OTHER_TEXT && press_plain (self, keyval, focus);
}

static void
key_released_cb (ConcTimingKeys *self, guint keyval)
{
  if (is_space (keyval))
    self->space_is_down = FALSE;
}

static gboolean
popover_pressed_cb (ConcTimingKeys        *self,
                    guint                  keyval,
                    guint                  keycode,
                    GdkModifierType        modifiers,
                    GtkEventControllerKey *controller)
{
  GtkWidget *focus = self->window != NULL ? gtk_root_get_focus (GTK_ROOT (self->window)) : NULL;

  if (!is_space (keyval) || (modifiers & MODIFIERS) != 0 || !gtk_widget_get_mapped (self->page) ||
      (focus != NULL && GTK_IS_EDITABLE (focus)))
    return FALSE;
  if (!self->space_is_down)
    {
      GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

      self->space_is_down = TRUE;
      g_signal_emit (self, signals[TAP], 0, event != NULL ? gdk_event_get_time (event) : 0);
    }
  return TRUE;
}

/* A menu that is open has all keys to itself, and the window sees none. */
static void
focus_cb (ConcTimingKeys *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));
  GtkWidget *popover = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;
  GtkEventController *controller;

  if (popover == NULL || g_object_get_data (G_OBJECT (popover), "conc-timing-keys") != NULL)
    return;
  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (popover_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "key-released", G_CALLBACK (key_released_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (popover, controller);
  g_object_set_data (G_OBJECT (popover), "conc-timing-keys", controller);
}

/* The release goes to whoever has the focus then. */
static void
window_active_cb (ConcTimingKeys *self)
{
  self->space_is_down = FALSE;
}

static void
conc_timing_keys_dispose (GObject *object)
{
  conc_timing_keys_detach (CONC_TIMING_KEYS (object));
  G_OBJECT_CLASS (conc_timing_keys_parent_class)->dispose (object);
}

static void
add_signal (guint signal, const char *name, GType type_of_argument)
{
  signals[signal] =
      g_signal_new (name, CONC_TYPE_TIMING_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, type_of_argument == G_TYPE_NONE ? 0 : 1, type_of_argument);
}

static void
add_question (guint signal, const char *name)
{
  signals[signal] = g_signal_new (name, CONC_TYPE_TIMING_KEYS, G_SIGNAL_RUN_LAST, 0,
                                  g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 0);
}

static void
conc_timing_keys_class_init (ConcTimingKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = conc_timing_keys_dispose;

  add_signal (TAP, "tap", G_TYPE_UINT);
  add_signal (GUN, "gun", G_TYPE_UINT);
  add_signal (TYPED, "typed", G_TYPE_STRING);
  add_signal (ERASE, "erase", G_TYPE_NONE);
  add_signal (MOVE, "move", G_TYPE_INT);
  add_signal (LADDER, "ladder", G_TYPE_NONE);
  add_signal (MENU, "menu", G_TYPE_NONE);
  add_signal (UNREAD, "unread", G_TYPE_NONE);
  add_signal (WRONG, "wrong", G_TYPE_NONE);
  add_question (ENTER, "enter");
  add_question (CLEAR, "clear");
  add_question (REMOVE, "remove");
}

static void
conc_timing_keys_init (ConcTimingKeys *self)
{
}

/* @page and @entry have to outlive it, or conc_timing_keys_detach() has to be called before. */
ConcTimingKeys *
conc_timing_keys_new (GtkWidget *page, GtkEditable *entry)
{
  ConcTimingKeys *self = g_object_new (CONC_TYPE_TIMING_KEYS, NULL);

  self->page = page;
  self->entry = entry;
  return self;
}

/* Listens to the window of the page before any widget in it does. */
void
conc_timing_keys_attach (ConcTimingKeys *self)
{
  GtkRoot *root = gtk_widget_get_root (self->page);

  conc_timing_keys_detach (self);
  if (!GTK_IS_WINDOW (root))
    return;
  self->window = GTK_WIDGET (root);
  self->controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->controller, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (self->controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (self->controller, "key-released", G_CALLBACK (key_released_cb), self);
  g_signal_connect_swapped (self->window, "notify::is-active", G_CALLBACK (window_active_cb), self);
  g_signal_connect_swapped (self->window, "notify::focus-widget", G_CALLBACK (focus_cb), self);
  gtk_widget_add_controller (self->window, self->controller);
}

/* Does nothing when it is not attached. */
void
conc_timing_keys_detach (ConcTimingKeys *self)
{
  if (self->window == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->window, self);
  gtk_widget_remove_controller (self->window, self->controller);
  self->window = NULL;
  self->controller = NULL;
  self->space_is_down = FALSE;
}
