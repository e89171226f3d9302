/* race-file.c: one race in one file, open for reading or for writing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/race-file.h"

#include "store/execute.h"
#include "store/identity.h"
#include "store/lock.h"
#include "store/open.h"
#include "store/queries.h"
#include "store/race-file-private.h"
#include "store/random.h"
#include "store/reader-private.h"
#include "store/schema.h"
#include "store/station-clock.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <glib/gstdio.h>

struct _ConcRaceFile
{
  GObject parent_instance;

  /* owned */
  char            *path;
  ConcLock        *lock;
  ConcWriter      *writer;
  ConcReader      *reader;
  ConcSettings    *settings;
  ConcSteadyClock *steady;
  GMainContext    *context;
  char            *race_id;
  const char      *station; /* interned: it may change while another thread looks at it */
  ConcRole         role;
  GBytes          *key;
  char            *operator_name;

  /* borrowed */
  ConcClock *source; /* of this computer */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcRaceFile, conc_race_file, G_TYPE_OBJECT)

typedef struct
{
  GWeakRef    file;
  ConcChanged changed;
  GStrv       subjects;
} Announcement;

static void
announcement_free (gpointer data)
{
  Announcement *announcement = data;

  g_weak_ref_clear (&announcement->file);
  g_strfreev (announcement->subjects);
  g_free (announcement);
}

static gboolean
announce_cb (gpointer user_data)
{
  Announcement *announcement = user_data;
  g_autoptr (ConcRaceFile) file = g_weak_ref_get (&announcement->file);
  g_autoptr (ConcSettings) settings = NULL;

  if (file == NULL || file->reader == NULL)
    return G_SOURCE_REMOVE;
  if (announcement->changed & CONC_CHANGED_SETTINGS)
    {
      settings = conc_reader_dup_settings (file->reader, NULL);
      if (settings != NULL)
        {
          g_clear_pointer (&file->settings, conc_settings_unref);
          file->settings = g_steal_pointer (&settings);
        }
    }
  g_signal_emit (file, signals[SIGNAL_CHANGED], 0, announcement->changed, announcement->subjects);
  return G_SOURCE_REMOVE;
}

/* Writer thread. The same priority as the tasks that complete after it: so listeners know of a
 * change before the one who made it. */
static void
committed_cb (ConcChanged changed, GStrv subjects, gpointer user_data)
{
  ConcRaceFile *file = user_data;
  Announcement *announcement = g_new0 (Announcement, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_weak_ref_init (&announcement->file, file);
  announcement->changed = changed;
  announcement->subjects = subjects;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, announce_cb, announcement, announcement_free);
  g_source_attach (source, file->context);
}

static void
conc_race_file_finalize (GObject *object)
{
  ConcRaceFile *file = CONC_RACE_FILE (object);

  conc_race_file_close (file);
  g_clear_pointer (&file->settings, conc_settings_unref);
  g_clear_pointer (&file->steady, conc_steady_clock_free);
  g_clear_pointer (&file->context, g_main_context_unref);
  g_clear_pointer (&file->key, g_bytes_unref);
  g_free (file->operator_name);
  g_free (file->path);
  g_free (file->race_id);

  G_OBJECT_CLASS (conc_race_file_parent_class)->finalize (object);
}

static void
conc_race_file_class_init (ConcRaceFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = conc_race_file_finalize;

  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CONC_TYPE_RACE_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRV);
}

static void
conc_race_file_init (ConcRaceFile *file)
{
}

static ConcRaceFile *
race_file_new (const char *path, ConcClock *clock)
{
  ConcRaceFile *file = g_object_new (CONC_TYPE_RACE_FILE, NULL);

  file->path = g_strdup (path);
  file->source = clock;
  file->context = g_main_context_ref_thread_default ();
  return file;
}

static gboolean
load_identity (ConcRaceFile *file, ConcDb *db, GError **error)
{
  sqlite3_stmt *statement =
      conc_db_prepare (db, "SELECT race, key, station, role FROM identity", error);

  if (statement == NULL)
    return FALSE;
  switch (conc_db_step (db, statement, error))
    {
    case CONC_STEP_ROW:
      file->race_id = conc_column_dup (statement, 0);
      file->key = g_bytes_new (sqlite3_column_blob (statement, 1),
                               (gsize) sqlite3_column_bytes (statement, 1));
      file->station = g_intern_string (conc_column_text (statement, 2));
      file->role = conc_role_from_text (conc_column_text (statement, 3));
      sqlite3_reset (statement);
      if (file->role != CONC_ROLE_NONE)
        return TRUE;
      G_GNUC_FALLTHROUGH;
    case CONC_STEP_DONE:
      conc_store_error_from_sqlite (SQLITE_CORRUPT, NULL, error);
      return FALSE;
    default:
      return FALSE;
    }
}

static gboolean
start_reading (ConcRaceFile *file, GError **error)
{
  gboolean is_other_boot;

  file->reader = conc_reader_open (file->path, error);
  if (file->reader == NULL)
    return FALSE;
  if (file->race_id == NULL && !load_identity (file, conc_reader_get_db (file->reader), error))
    return FALSE;
  if (file->steady == NULL)
    file->steady = conc_station_clock_open (conc_reader_get_db (file->reader), file->source,
                                            &is_other_boot, error);
  if (file->steady == NULL)
    return FALSE;
  file->settings = conc_reader_dup_settings (file->reader, error);
  return file->settings != NULL;
}

static gboolean
start_writing (ConcRaceFile *file, ConcDb *db, GError **error)
{
  g_autoptr (ConcDb) owned_db = db;
  gboolean is_other_boot;

  if (!load_identity (file, owned_db, error))
    return FALSE;
  file->steady = conc_station_clock_open (owned_db, file->source, &is_other_boot, error);
  if (file->steady == NULL)
    return FALSE;
  file->writer =
      conc_writer_start (g_steal_pointer (&owned_db), file->race_id, file->station, file->role,
                         file->steady, is_other_boot, committed_cb, file, error);
  return file->writer != NULL;
}

/**
 * conc_race_file_open:
 * @path: the race file
 * @clock: (transfer none): must outlive the file
 *
 * Opening reads and checks; it may take a moment, so the app does it on a worker. The signal
 * "changed" goes to the thread-default main context of the thread that calls.
 *
 * Returns: (transfer full) (nullable): the open race. A failure leaves the file as it was.
 */
ConcRaceFile *
conc_race_file_open (const char *path, ConcOpenMode mode, ConcClock *clock, GError **error)
{
  g_autoptr (ConcRaceFile) file = race_file_new (path, clock);
  ConcDb *db;

  if (!conc_open_exists (path, error))
    return NULL;
  if (mode == CONC_OPEN_READ)
    return start_reading (file, error) ? g_steal_pointer (&file) : NULL;
  if (!conc_open_is_race (path, error))
    return NULL;
  file->lock = conc_lock_take (path, error);
  if (file->lock == NULL)
    return NULL;
  db = conc_open_for_writing (path, error);
  if (db == NULL || !start_writing (file, db, error) || !start_reading (file, error))
    return NULL;
  return g_steal_pointer (&file);
}

static gboolean
write_settings (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  ConcSettings *settings = data;

  for (ConcSetting setting = 0; setting < CONC_N_SETTINGS; setting++)
    {
      const char      *key = conc_setting_get_key (setting);
      const char      *value = conc_settings_get (settings, setting);
      g_autofree char *subject = g_strconcat ("setting:", key, NULL);
      ConcBodyBuilder *builder = conc_body_builder_new ();

      conc_body_builder_add_text (builder, "value", value);
      if (!conc_writer_append (writer, CONC_KIND_SETTING, subject, NULL, NULL,
                               conc_body_builder_end (builder), NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
create_here (ConcRaceFile *file, const ConcIdentity *joined, ConcSettings *settings, GError **error)
{
  ConcDb *db = conc_open_create (file->path, joined, error);

  return db != NULL && start_writing (file, db, error) &&
         (settings == NULL ||
          conc_writer_call (file->writer, write_settings, settings, NULL, error)) &&
         start_reading (file, error);
}

static ConcRaceFile *
create (const char         *path,
        const ConcIdentity *joined,
        ConcSettings       *settings,
        ConcClock          *clock,
        GError            **error)
{
  g_autoptr (ConcRaceFile) file = race_file_new (path, clock);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, CONC_STORE_ERROR, CONC_STORE_ERROR_EXISTS,
                   _ ("There is a file “%s” already. Choose another name."), path);
      return NULL;
    }
  file->lock = conc_lock_take (path, error);
  if (file->lock == NULL)
    return NULL;
  if (!create_here (file, joined, settings, error))
    {
      conc_race_file_close (file);
      conc_open_remove (path);
      return NULL;
    }
  return g_steal_pointer (&file);
}

/**
 * conc_race_file_create:
 * @path: where; nothing may be there yet
 * @settings: what the race begins with; all of them are written
 *
 * Returns: (transfer full) (nullable): the new race, open for writing. After a failure there is
 * no file at @path.
 */
ConcRaceFile *
conc_race_file_create (const char *path, ConcSettings *settings, ConcClock *clock, GError **error)
{
  return create (path, NULL, settings, clock, error);
}

/**
 * conc_race_file_create_joined:
 * @path: where; nothing may be there yet
 * @identity: the race that is joined, and what this station is to be
 *
 * Returns: (transfer full) (nullable): a file of a race that others have, open for writing. It has
 * no fact yet, not even a setting: all come with the exchange. After a failure there is no file at
 * @path.
 */
ConcRaceFile *
conc_race_file_create_joined (const char         *path,
                              const ConcIdentity *identity,
                              ConcClock          *clock,
                              GError            **error)
{
  g_return_val_if_fail (g_bytes_get_size (identity->key) == CONC_KEY_BYTES, NULL);
  return create (path, identity, NULL, clock, error);
}

/**
 * conc_race_file_close:
 *
 * Writes what is queued, then closes; waits for the disk. Nothing can be asked of the file
 * afterwards. Closing twice is harmless.
 */
void
conc_race_file_close (ConcRaceFile *file)
{
  g_clear_pointer (&file->reader, conc_reader_close);
  g_clear_pointer (&file->writer, conc_writer_stop);
  g_clear_pointer (&file->lock, conc_lock_release);
}

/** conc_race_file_get_path: Returns: (transfer none): where the file is. */
const char *
conc_race_file_get_path (ConcRaceFile *file)
{
  return file->path;
}

/** conc_race_file_get_race_id: Returns: (transfer none): the id of the race, the same in all
 * copies. */
const char *
conc_race_file_get_race_id (ConcRaceFile *file)
{
  return file->race_id;
}

/** conc_race_file_get_key: Returns: (transfer none): the race's own key of 32 bytes. */
GBytes *
conc_race_file_get_key (ConcRaceFile *file)
{
  return file->key;
}

/** conc_race_file_get_station: Returns: (transfer none): the name of this station now; it stays
 * valid for ever. Any thread. */
const char *
conc_race_file_get_station (ConcRaceFile *file)
{
  return g_atomic_pointer_get (&file->station);
}

/** conc_race_file_set_station: the name that the writer has given to this station. Any thread. */
void
conc_race_file_set_station (ConcRaceFile *file, const char *station)
{
  g_atomic_pointer_set (&file->station, g_intern_string (station));
}

/** conc_race_file_get_role: Returns: what this station is for. Any thread. */
ConcRole
conc_race_file_get_role (ConcRaceFile *file)
{
  return file->role;
}

/** conc_race_file_get_clock: Returns: (transfer none): the clock of this station, which times are
 * recorded by: setting the wall clock does not change it, nor does another start of the program. */
ConcClock *
conc_race_file_get_clock (ConcRaceFile *file)
{
  return conc_steady_clock_get_station_clock (file->steady);
}

/** conc_race_file_get_race_clock: Returns: (transfer none): the clock that times are compared with:
 * that of the hub, as far as it is known. */
ConcClock *
conc_race_file_get_race_clock (ConcRaceFile *file)
{
  return conc_steady_clock_get_race_clock (file->steady);
}

/** conc_race_file_get_steady_clock: Returns: (transfer none): what both are read from. */
ConcSteadyClock *
conc_race_file_get_steady_clock (ConcRaceFile *file)
{
  return file->steady;
}

/** conc_race_file_get_reader: Returns: (transfer none): for short reads on the opening thread. */
ConcReader *
conc_race_file_get_reader (ConcRaceFile *file)
{
  return file->reader;
}

/** conc_race_file_get_settings: Returns: (transfer none): as of the last "changed". */
ConcSettings *
conc_race_file_get_settings (ConcRaceFile *file)
{
  return file->settings;
}

/** conc_race_file_get_writer: Returns: (nullable): the writer, if open for writing. */
ConcWriter *
conc_race_file_get_writer (ConcRaceFile *file, GError **error)
{
  if (file->writer == NULL)
    g_set_error_literal (error, CONC_STORE_ERROR, CONC_STORE_ERROR_CLOSED,
                         _ ("The race file is not open for writing. This was not saved."));
  return file->writer;
}

static gboolean
execute_cb (ConcWriter *writer, gpointer data, gpointer *ret_result, GError **error)
{
  g_autoptr (ConcReceipt) receipt = conc_receipt_new ();

  if (!conc_execute (writer, data, receipt, error))
    return FALSE;
  *ret_result = g_steal_pointer (&receipt);
  return TRUE;
}

/**
 * conc_race_file_set_operator:
 * @name: (nullable): who is at this station from now on; blanks around it do not count, and what is
 *   longer than %CONC_OPERATOR_MAX_BYTES is cut off after a whole letter
 *
 * Every command that says nothing else is said to be by that person. The thread that opened @file.
 */
void
conc_race_file_set_operator (ConcRaceFile *file, const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  char            *plain = g_strstrip (valid);
  const char      *end;

  g_clear_pointer (&file->operator_name, g_free);
  if (*plain == '\0')
    return;
  if (strlen (plain) <= CONC_OPERATOR_MAX_BYTES)
    file->operator_name = g_strdup (plain);
  else
    {
      end = g_utf8_find_prev_char (plain, plain + CONC_OPERATOR_MAX_BYTES + 1);
      file->operator_name = g_strndup (plain, (gsize) (end - plain));
    }
}

/** conc_race_file_get_operator: Returns: (transfer none) (nullable): who is at this station. */
const char *
conc_race_file_get_operator (ConcRaceFile *file)
{
  return file->operator_name;
}

static void
say_by_whom (ConcRaceFile *file, ConcCommand *command)
{
  if (command->operator_name == NULL)
    command->operator_name = g_strdup (file->operator_name);
}

/**
 * conc_race_file_submit:
 * @command: (transfer none): what is wanted
 *
 * Waits until it is durable; for scripts and tests, not for the main loop of the app.
 *
 * Returns: (transfer full) (nullable): what became of it. %CONC_STORE_ERROR_REFUSED when it makes
 * no sense now; after any error nothing of it is in the file.
 */
ConcReceipt *
conc_race_file_submit (ConcRaceFile *file, ConcCommand *command, GError **error)
{
  ConcWriter *writer = conc_race_file_get_writer (file, error);
  gpointer    receipt = NULL;

  say_by_whom (file, command);
  if (writer == NULL || !conc_writer_call (writer, execute_cb, command, &receipt, error))
    return NULL;
  return receipt;
}

/**
 * conc_race_file_submit_async:
 * @command: (transfer full): what is wanted
 *
 * Never blocks. Completions come in the order of submission, after the fact is durable and after
 * "changed".
 */
void
conc_race_file_submit_async (ConcRaceFile       *file,
                             ConcCommand        *command,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (file, NULL, callback, user_data);
  g_autoptr (ConcCommand) owned = command;
  g_autoptr (GError) error = NULL;
  ConcWriter *writer = conc_race_file_get_writer (file, &error);

  say_by_whom (file, command);
  g_task_set_source_tag (task, conc_race_file_submit_async);
  if (writer == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    conc_writer_push (writer, execute_cb, g_steal_pointer (&owned),
                      (GDestroyNotify) conc_command_free, (GDestroyNotify) conc_receipt_free,
                      g_steal_pointer (&task));
}

/** conc_race_file_submit_finish: Returns: (transfer full) (nullable): as conc_race_file_submit().
 */
ConcReceipt *
conc_race_file_submit_finish (ConcRaceFile *file, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, file), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
