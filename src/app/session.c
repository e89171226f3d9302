/* session.c: an open race; sends commands, keeps the counts current and says how saving goes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session.h"

#include "app/deeds.h"
#include "app/on-course.h"

#include <glib/gi18n.h>

/* Saving is only mentioned when it takes long enough to be noticed: the line must not blink. */
#define SAVING_NOTICE_MSEC 300
#define RECOUNT_MSEC 1000

struct _ConcSession
{
  GObject parent_instance;

  /* owned */
  ConcRaceFile   *file;
  ConcShare      *share;
  ConcSpooler    *spooler;
  ConcScoreboard *scoreboard;
  ConcSettings   *settings;
  GTimeZone      *zone;
  char           *trouble;
  ConcDeeds      *deeds;

  /* state */
  ConcCounts counts;
  guint      finished;
  guint      on_course;
  guint      saving;
  guint      saving_source;
  guint      course_source;
  gboolean   is_slow;
  gboolean   is_counting;
  gboolean   must_recount;
  gboolean   is_closed;
};

typedef struct
{
  ConcSession    *session;
  GObject        *owner;
  ConcSessionDone done;
  ConcCommandKind kind;
  ConcFactId      target;
  char           *sentence; /* to say when it is durable; NULL for none */
} Pending;

enum
{
  PROP_REGISTERED = 1,
  PROP_EXPECTED,
  PROP_CHECKED_IN,
  PROP_MISSING,
  PROP_FINISHED,
  PROP_ON_COURSE,
  PROP_UNMATCHED,
  PROP_CONFLICTS,
  PROP_SAVING,
  PROP_CAN_UNDO,
  PROP_RACE_NAME,
  PROP_STATE_TEXT,
  PROP_SHARE,
  N_PROPS
};

enum
{
  CHANGED,
  FAILED,
  SAID,
  CHECKED_IN,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcSession, conc_session, G_TYPE_OBJECT)

static gboolean
is_trouble (const GError *error)
{
  return error->domain == CONC_STORE_ERROR && error->code != CONC_STORE_ERROR_REFUSED &&
         error->code != CONC_STORE_ERROR_NOT_FOUND && error->code != CONC_STORE_ERROR_EXISTS;
}

static guint
count_missing (const ConcCounts *counts)
{
  guint n_settled = counts->n_checked_in + counts->n_no_shows;

  return counts->n_expected > n_settled ? counts->n_expected - n_settled : 0;
}

static char *
dup_state_text (ConcSession *self)
{
  if (self->trouble != NULL)
    return g_strdup_printf (_ ("Not saved: %s"), self->trouble);
  if (self->is_slow && self->saving > 0)
    return g_strdup_printf (ngettext ("Saving %u entry…", "Saving %u entries…", self->saving),
                            self->saving);
  return g_strdup (_ ("All saved."));
}

static void
notify_counts (ConcSession *self, const ConcCounts *old)
{
  const ConcCounts *now = &self->counts;

  if (old->n_registered != now->n_registered)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REGISTERED]);
  if (old->n_expected != now->n_expected)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EXPECTED]);
  if (old->n_checked_in != now->n_checked_in)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHECKED_IN]);
  if (count_missing (old) != count_missing (now))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MISSING]);
  if (old->n_unmatched != now->n_unmatched)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNMATCHED]);
  if (old->n_conflicts != now->n_conflicts)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONFLICTS]);
}

static void
update_counts (ConcSession *self)
{
  ConcCounts old = self->counts;
  g_autoptr (GError) error = NULL;

  if (conc_reader_count (conc_session_get_reader (self), &self->counts, &error))
    notify_counts (self, &old);
  else
    {
      self->counts = old;
      conc_session_fail (self, error->message);
    }
}

static void count_on_course (ConcSession *self);

static gboolean
recount_cb (gpointer user_data)
{
  ConcSession *self = user_data;

  self->course_source = 0;
  count_on_course (self);
  return G_SOURCE_REMOVE;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ConcSession) self = user_data;
  guint on_course = self->on_course;

  /* A count that fails is made again after the next change; what really fails is said elsewhere. */
  if (conc_on_course_count_finish (result, &on_course, NULL) && on_course != self->on_course)
    {
      self->on_course = on_course;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ON_COURSE]);
    }
  self->is_counting = FALSE;
  if (self->must_recount && self->file != NULL)
    self->course_source = g_timeout_add (RECOUNT_MSEC, recount_cb, self);
}

/* One count at a time, and a pause after each: it is a figure at the edge of the page. */
static void
count_on_course (ConcSession *self)
{
  self->must_recount = self->is_counting || self->course_source != 0;
  if (self->must_recount)
    return;
  self->is_counting = TRUE;
  conc_on_course_count_async (conc_race_file_get_path (self->file), counted_cb,
                              g_object_ref (self));
}

static void
update_standing (ConcSession *self)
{
  guint finished = conc_scoreboard_get_count (self->scoreboard, CONC_LIST_OVERALL);

  if (finished != self->finished)
    {
      self->finished = finished;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FINISHED]);
    }
  count_on_course (self);
}

static void
update_settings (ConcSession *self)
{
  g_clear_pointer (&self->settings, conc_settings_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->settings = conc_settings_ref (conc_race_file_get_settings (self->file));
  self->zone = conc_settings_dup_zone (self->settings);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RACE_NAME]);
}

static void
reload_scoreboard (ConcSession *self)
{
  g_autoptr (GError) error = NULL;
  ConcScoreboard *board = conc_reader_load_scoreboard (conc_session_get_reader (self), &error);

  if (board == NULL)
    {
      conc_session_fail (self, error->message);
      return;
    }
  conc_scoreboard_free (self->scoreboard);
  self->scoreboard = board;
}

/* Everything new when @subjects is NULL or when a rule of scoring may have changed. */
static void
update_scoreboard (ConcSession *self, ConcChanged what, const char *const *subjects)
{
  if (subjects == NULL || (what & CONC_CHANGED_SETTINGS) != 0 ||
      !conc_reader_update_scoreboard (conc_session_get_reader (self), self->scoreboard, subjects,
                                      NULL))
    reload_scoreboard (self);
}

static void
set_trouble (ConcSession *self, const char *sentence)
{
  if (g_strcmp0 (self->trouble, sentence) == 0)
    return;
  g_free (self->trouble);
  self->trouble = g_strdup (sentence);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE_TEXT]);
}

static gboolean
slow_cb (gpointer user_data)
{
  ConcSession *self = user_data;

  self->saving_source = 0;
  self->is_slow = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE_TEXT]);
  return G_SOURCE_REMOVE;
}

static void
count_saving (ConcSession *self, int change)
{
  gboolean was_slow = self->is_slow;

  self->saving = (guint) ((int) self->saving + change);
  if (self->saving == 0)
    {
      g_clear_handle_id (&self->saving_source, g_source_remove);
      self->is_slow = FALSE;
    }
  else if (!self->is_slow && self->saving_source == 0)
    self->saving_source = g_timeout_add (SAVING_NOTICE_MSEC, slow_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SAVING]);
  if (was_slow)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE_TEXT]);
}

static void
file_changed_cb (ConcRaceFile *file, guint what, char **subjects, ConcSession *self)
{
  if ((what & CONC_CHANGED_SETTINGS) != 0)
    update_settings (self);
  update_counts (self);
  if ((what & (CONC_CHANGED_RUNNERS | CONC_CHANGED_TIMING | CONC_CHANGED_SETTINGS)) != 0)
    {
      update_scoreboard (self, what, (const char *const *) subjects);
      update_standing (self);
    }
  g_signal_emit (self, signals[CHANGED], 0, what, subjects);
}

static void
submit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pending *pending = user_data;
  g_autoptr (ConcSession) self = pending->session;
  g_autoptr (GObject) owner = pending->owner;
  g_autoptr (GError) error = NULL;
  g_autoptr (ConcReceipt) receipt = NULL;

  receipt = conc_race_file_submit_finish (CONC_RACE_FILE (source), result, &error);
  if (receipt != NULL)
    {
      set_trouble (self, NULL);
      if (conc_deeds_remember (self->deeds, pending->kind, receipt) ||
          (pending->kind == CONC_COMMAND_UNDO && conc_deeds_forget (self->deeds, &pending->target)))
        g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
      if (pending->kind == CONC_COMMAND_CHECK_IN && !receipt->was_already)
        g_signal_emit (self, signals[CHECKED_IN], 0, receipt->runner_id);
    }
  else if (is_trouble (error))
    set_trouble (self, error->message);
  count_saving (self, -1);

  if (pending->done != NULL)
    pending->done (self, receipt, error, owner);
  if (error != NULL && (pending->done == NULL || is_trouble (error)))
    conc_session_fail (self, error->message);
  if (error == NULL && pending->sentence != NULL)
    conc_session_say (self, pending->sentence, NULL);
  g_free (pending->sentence);
  g_free (pending);
}

static void
submit (ConcSession    *self,
        ConcCommand    *command,
        ConcSessionDone done,
        GObject        *owner,
        char           *sentence)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->session = g_object_ref (self);
  pending->owner = owner != NULL ? g_object_ref (owner) : NULL;
  pending->done = done;
  pending->kind = command->kind;
  pending->target = command->target;
  pending->sentence = sentence;
  count_saving (self, 1);
  conc_race_file_submit_async (self->file, command, submit_cb, pending);
}

static void
take_file (ConcSession *self, ConcRaceFile *file, ConcScoreboard *scoreboard)
{
  self->file = file;
  self->share = conc_share_new (file);
  self->spooler = conc_spooler_new (file);
  self->scoreboard = scoreboard;
  update_settings (self);
  update_counts (self);
  update_standing (self);
  g_signal_connect_object (file, "changed", G_CALLBACK (file_changed_cb), self, 0);
}

/* An opened file with its scoreboard, on the way from the worker. */
typedef struct
{
  ConcRaceFile   *file;
  ConcScoreboard *scoreboard;
} Opened;

static void
opened_free (gpointer pointer)
{
  Opened *opened = pointer;

  if (opened->scoreboard != NULL)
    conc_scoreboard_free (opened->scoreboard);
  g_clear_object (&opened->file);
  g_free (opened);
}

static void
open_cb (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Opened *opened = g_new0 (Opened, 1);
  GError *error = NULL;

  conc_share_wait_closed (task_data);
  opened->file = conc_race_file_open (task_data, CONC_OPEN_WRITE, conc_clock_get_system (), &error);
  if (opened->file != NULL)
    opened->scoreboard =
        conc_reader_load_scoreboard (conc_race_file_get_reader (opened->file), &error);
  if (opened->scoreboard != NULL)
    g_task_return_pointer (task, opened, opened_free);
  else
    {
      opened_free (opened);
      g_task_return_error (task, error);
    }
}

static void
conc_session_dispose (GObject *object)
{
  ConcSession *self = CONC_SESSION (object);

  g_clear_handle_id (&self->saving_source, g_source_remove);
  g_clear_handle_id (&self->course_source, g_source_remove);
  conc_session_close (self);
  g_clear_object (&self->spooler);
  g_clear_object (&self->share);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (conc_session_parent_class)->dispose (object);
}

static void
conc_session_finalize (GObject *object)
{
  ConcSession *self = CONC_SESSION (object);

  conc_deeds_free (self->deeds);
  g_clear_pointer (&self->scoreboard, conc_scoreboard_free);
  g_clear_pointer (&self->settings, conc_settings_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->trouble);
  G_OBJECT_CLASS (conc_session_parent_class)->finalize (object);
}

static void
conc_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcSession *self = CONC_SESSION (object);

  switch (id)
    {
    case PROP_REGISTERED:
      g_value_set_uint (value, self->counts.n_registered);
      break;
    case PROP_EXPECTED:
      g_value_set_uint (value, self->counts.n_expected);
      break;
    case PROP_CHECKED_IN:
      g_value_set_uint (value, self->counts.n_checked_in);
      break;
    case PROP_MISSING:
      g_value_set_uint (value, count_missing (&self->counts));
      break;
    case PROP_FINISHED:
      g_value_set_uint (value, self->finished);
      break;
    case PROP_ON_COURSE:
      g_value_set_uint (value, self->on_course);
      break;
    case PROP_UNMATCHED:
      g_value_set_uint (value, self->counts.n_unmatched);
      break;
    case PROP_CONFLICTS:
      g_value_set_uint (value, self->counts.n_conflicts);
      break;
    case PROP_SAVING:
      g_value_set_uint (value, self->saving);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, !conc_deeds_is_empty (self->deeds));
      break;
    case PROP_RACE_NAME:
      g_value_set_string (value, conc_settings_get (self->settings, CONC_SETTING_NAME));
      break;
    case PROP_STATE_TEXT:
      g_value_take_string (value, dup_state_text (self));
      break;
    case PROP_SHARE:
      g_value_set_object (value, self->share);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_signals (GType type)
{
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRV);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAID] =
      g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                    NULL, G_TYPE_BOOLEAN, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[CHECKED_IN] = g_signal_new ("checked-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
conc_session_class_init (ConcSessionClass *klass)
{
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags        flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const counters[] = {
    [PROP_REGISTERED] = "registered", [PROP_EXPECTED] = "expected",
    [PROP_CHECKED_IN] = "checked-in", [PROP_MISSING] = "missing",
    [PROP_FINISHED] = "finished",     [PROP_ON_COURSE] = "on-course",
    [PROP_UNMATCHED] = "unmatched",   [PROP_CONFLICTS] = "conflicts",
    [PROP_SAVING] = "saving"
  };

  object_class->dispose = conc_session_dispose;
  object_class->finalize = conc_session_finalize;
  object_class->get_property = conc_session_get_property;

  for (guint i = PROP_REGISTERED; i <= PROP_SAVING; i++)
    props[i] = g_param_spec_uint (counters[i], NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_RACE_NAME] = g_param_spec_string ("race-name", NULL, NULL, NULL, flags);
  props[PROP_STATE_TEXT] = g_param_spec_string ("state-text", NULL, NULL, NULL, flags);
  props[PROP_SHARE] = g_param_spec_object ("share", NULL, NULL, CONC_TYPE_SHARE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
conc_session_init (ConcSession *self)
{
  self->deeds = conc_deeds_new ();
}

/* Opens the race file at @path for writing, on a worker. */
void
conc_session_open_async (const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, conc_session_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_cb);
}

/* Returns: (transfer full): the open race, or NULL with an error of the store. */
ConcSession *
conc_session_open_finish (GAsyncResult *result, GError **error)
{
  Opened      *opened = g_task_propagate_pointer (G_TASK (result), error);
  ConcSession *self;

  if (opened == NULL)
    return NULL;
  self = g_object_new (CONC_TYPE_SESSION, NULL);
  take_file (self, g_steal_pointer (&opened->file), g_steal_pointer (&opened->scoreboard));
  opened_free (opened);
  return self;
}

/* For a file that is open already; reads its scoreboard on the calling thread. */
ConcSession *
conc_session_new (ConcRaceFile *file)
{
  g_autoptr (GError) error = NULL;
  ConcScoreboard *board = conc_reader_load_scoreboard (conc_race_file_get_reader (file), &error);
  ConcSession    *self;

  if (board == NULL)
    {
      g_critical ("%s", error->message);
      return NULL;
    }
  self = g_object_new (CONC_TYPE_SESSION, NULL);
  take_file (self, g_object_ref (file), board);
  return self;
}

static char *
stop_spooler (gpointer spooler, GError **error)
{
  conc_spooler_stop (spooler);
  return g_strdup ("");
}

static void
spooler_stopped (GObject *spooler, const char *sentence, const GError *error)
{
}

/* Saves what is still to be saved and lets go of the file, without waiting for it; nothing is to be
 * asked of the session from then on. */
void
conc_session_close (ConcSession *session)
{
  if (session->share == NULL || session->is_closed)
    return;
  session->is_closed = TRUE;
  g_signal_handlers_disconnect_by_data (session->file, session);
  /* The file stays open until the queue of labels has come to an end between two of them. */
  conc_share_run (session->share, G_OBJECT (session->spooler), stop_spooler,
                  g_object_ref (session->spooler), g_object_unref, spooler_stopped);
  conc_share_close (session->share);
}

/* Returns: (transfer none): the labels on their way to printers. */
ConcSpooler *
conc_session_get_spooler (ConcSession *session)
{
  return session->spooler;
}

/* Returns: (transfer none): the exchange with other laptops. */
ConcShare *
conc_session_get_share (ConcSession *session)
{
  return session->share;
}

ConcRaceFile *
conc_session_get_file (ConcSession *session)
{
  return session->file;
}

ConcReader *
conc_session_get_reader (ConcSession *session)
{
  return conc_race_file_get_reader (session->file);
}

ConcSettings *
conc_session_get_settings (ConcSession *session)
{
  return session->settings;
}

ConcScoreboard *
conc_session_get_scoreboard (ConcSession *session)
{
  return session->scoreboard;
}

ConcClock *
conc_session_get_clock (ConcSession *session)
{
  return conc_race_file_get_clock (session->file);
}

/* For what is shown: the clock of the hub, as far as it is known. Times are recorded by
 * conc_session_get_clock(). */
ConcClock *
conc_session_get_race_clock (ConcSession *session)
{
  return conc_race_file_get_race_clock (session->file);
}

GTimeZone *
conc_session_get_zone (ConcSession *session)
{
  return session->zone;
}

const ConcCounts *
conc_session_get_counts (ConcSession *session)
{
  return &session->counts;
}

void
conc_session_submit (ConcSession    *session,
                     ConcCommand    *command,
                     ConcSessionDone done,
                     gpointer        owner)
{
  g_return_if_fail (CONC_IS_SESSION (session));
  g_return_if_fail (owner == NULL || G_IS_OBJECT (owner));

  submit (session, command, done, owner, NULL);
}

/* All facts that the deeds wrote, the last one first; said in one sentence. */
static void
undo_deeds (ConcSession *self, GPtrArray *deeds)
{
  for (guint i = deeds->len; i > 0; i--)
    {
      const ConcDeed *deed = g_ptr_array_index (deeds, i - 1);

      for (guint n = deed->n_facts; n > 0; n--)
        {
          ConcFactId fact = deed->fact;

          fact.seq += n - 1;
          submit (self, conc_command_new_undo (conc_session_get_clock (self), &fact), NULL, NULL,
                  i == 1 && n == 1 ? conc_deeds_dup_undone_sentence (deeds) : NULL);
        }
    }
}

/* What begins with @facts (element-type utf8) was one deed for the person who did it: the Undo of
 * the last thing takes all of it back. */
void
conc_session_join (ConcSession *session, GPtrArray *facts)
{
  conc_deeds_join (session->deeds, facts);
}

/* Takes back what begins with @facts (element-type utf8), and says so once. */
void
conc_session_undo_all (ConcSession *session, GPtrArray *facts)
{
  g_autoptr (GPtrArray) deeds = conc_deeds_list (session->deeds, facts);

  undo_deeds (session, deeds);
}

/* Takes back the fact named @fact, with those that were written together with it, and says so. */
void
conc_session_undo (ConcSession *session, const char *fact)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();

  g_ptr_array_add (facts, (char *) fact);
  conc_session_undo_all (session, facts);
}

/* Takes back the last thing that was done here. */
void
conc_session_undo_last (ConcSession *session)
{
  g_autoptr (GPtrArray) deeds = conc_deeds_steal_last (session->deeds);

  if (deeds->len == 0)
    {
      conc_session_say (session, _ ("There is nothing to undo."), NULL);
      return;
    }
  undo_deeds (session, deeds);
  g_object_notify_by_pspec (G_OBJECT (session), props[PROP_CAN_UNDO]);
}

void
conc_session_say (ConcSession *session, const char *sentence, const char *undo_fact)
{
  gboolean was_shown = FALSE;

  g_signal_emit (session, signals[SAID], 0, sentence, undo_fact, &was_shown);
}

void
conc_session_fail (ConcSession *session, const char *sentence)
{
  g_signal_emit (session, signals[FAILED], 0, sentence);
}
