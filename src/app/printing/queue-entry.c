/* queue-entry.c: a label that has not come out yet, for lists and templates. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/queue-entry.h"

#include "core/race-time.h"
#include "print/layout.h"

#include <glib/gi18n.h>

struct _ConcQueueEntry
{
  GObject parent_instance;

  /* owned */
  char *id;
  char *title;
  char *subtitle;
  char *note;

  /* state */
  ConcQueueState state;
};

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_STATE_TEXT,
  PROP_NOTE,
  PROP_ICON_NAME,
  PROP_SEND_LABEL,
  PROP_REPEAT_LABEL,
  PROP_MARK_LABEL,
  PROP_CANCEL_LABEL,
  PROP_CAN_SEND,
  PROP_CAN_REPEAT,
  PROP_CAN_MARK,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcQueueEntry, conc_queue_entry, G_TYPE_OBJECT)

static const char *const icons[] = {
  [CONC_QUEUE_WAITING] = "content-loading-symbolic",
  [CONC_QUEUE_SENDING] = "mail-send-symbolic",
  [CONC_QUEUE_PRINTING] = "printer-symbolic",
  [CONC_QUEUE_UNSURE] = "dialog-question-symbolic",
  [CONC_QUEUE_FAILED] = "dialog-warning-symbolic",
};

static gboolean
can_send (ConcQueueEntry *self)
{
  return self->state == CONC_QUEUE_WAITING;
}

static gboolean
can_repeat (ConcQueueEntry *self)
{
  return self->state == CONC_QUEUE_UNSURE || self->state == CONC_QUEUE_FAILED;
}

static gboolean
can_mark (ConcQueueEntry *self)
{
  return self->state == CONC_QUEUE_UNSURE;
}

static void
conc_queue_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcQueueEntry *self = CONC_QUEUE_ENTRY (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_STATE_TEXT:
      g_value_set_string (value, conc_queue_state_get_title (self->state));
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, icons[self->state]);
      break;
    case PROP_SEND_LABEL:
      g_value_take_string (value, g_strdup_printf (_ ("Print: %s"), self->title));
      break;
    case PROP_REPEAT_LABEL:
      g_value_take_string (value, g_strdup_printf (_ ("Print again: %s"), self->title));
      break;
    case PROP_MARK_LABEL:
      g_value_take_string (value, g_strdup_printf (_ ("It came out: %s"), self->title));
      break;
    case PROP_CANCEL_LABEL:
      g_value_take_string (value, g_strdup_printf (_ ("Do not print: %s"), self->title));
      break;
    case PROP_CAN_SEND:
      g_value_set_boolean (value, can_send (self));
      break;
    case PROP_CAN_REPEAT:
      g_value_set_boolean (value, can_repeat (self));
      break;
    case PROP_CAN_MARK:
    default:
      g_value_set_boolean (value, can_mark (self));
      break;
    }
}

static void
conc_queue_entry_finalize (GObject *object)
{
  ConcQueueEntry *self = CONC_QUEUE_ENTRY (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->note);
  G_OBJECT_CLASS (conc_queue_entry_parent_class)->finalize (object);
}

static void
conc_queue_entry_class_init (ConcQueueEntryClass *klass)
{
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags        flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const names[] = {
    [PROP_TITLE] = "title",
    [PROP_SUBTITLE] = "subtitle",
    [PROP_STATE_TEXT] = "state-text",
    [PROP_NOTE] = "note",
    [PROP_ICON_NAME] = "icon-name",
    [PROP_SEND_LABEL] = "send-label",
    [PROP_REPEAT_LABEL] = "repeat-label",
    [PROP_MARK_LABEL] = "mark-label",
    [PROP_CANCEL_LABEL] = "cancel-label",
    [PROP_CAN_SEND] = "can-send",
    [PROP_CAN_REPEAT] = "can-repeat",
    [PROP_CAN_MARK] = "can-mark",
  };

  object_class->finalize = conc_queue_entry_finalize;
  object_class->get_property = conc_queue_entry_get_property;
  for (guint i = PROP_TITLE; i <= PROP_CANCEL_LABEL; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, NULL, flags);
  for (guint i = PROP_CAN_SEND; i <= PROP_CAN_MARK; i++)
    props[i] = g_param_spec_boolean (names[i], NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
conc_queue_entry_init (ConcQueueEntry *self)
{
}

static char *
dup_title (const ConcPrint *print, ConcSession *session)
{
  g_autoptr (ConcRunner) runner =
      conc_reader_get_runner (conc_session_get_reader (session), print->runner_id, NULL);
  g_autofree char *name = runner != NULL ? conc_runner_dup_full_name (runner) : NULL;

  if (name == NULL || *name == '\0')
    return g_strdup_printf (_ ("Bib %u"), print->bib);
  return g_strdup_printf (_ ("%u, %s"), print->bib, name);
}

static char *
dup_subtitle (const ConcPrint *print, ConcSession *session)
{
  g_autoptr (ConcLayout) layout = conc_layout_load (print->layout, NULL);
  const char      *what = layout != NULL ? conc_layout_get_title (layout) : print->layout;
  g_autofree char *at =
      conc_time_format_clock (print->queued_usec, conc_session_get_zone (session), 0);

  if (print->printer == NULL)
    return g_strdup_printf (_ ("%s, since %s"), what, at);
  return g_strdup_printf (_ ("%s, %s, since %s"), what, print->printer, at);
}

ConcQueueEntry *
conc_queue_entry_new (const ConcQueueItem *item, ConcSession *session)
{
  ConcQueueEntry *self = g_object_new (CONC_TYPE_QUEUE_ENTRY, NULL);

  self->id = g_strdup (item->print->id);
  self->title = dup_title (item->print, session);
  self->subtitle = dup_subtitle (item->print, session);
  self->note = g_strdup (item->note != NULL ? item->note : "");
  self->state = item->state;
  return self;
}

/* @item is the same label at a later moment. */
void
conc_queue_entry_update (ConcQueueEntry *self, const ConcQueueItem *item)
{
  const char *note = item->note != NULL ? item->note : "";

  if (g_strcmp0 (self->note, note) != 0)
    {
      g_free (self->note);
      self->note = g_strdup (note);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NOTE]);
    }
  if (self->state == item->state)
    return;
  self->state = item->state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ICON_NAME]);
  for (guint i = PROP_CAN_SEND; i <= PROP_CAN_MARK; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

const char *
conc_queue_entry_get_id (ConcQueueEntry *self)
{
  return self->id;
}
