/* pack.c: writes all facts into a sealed file, to carry to another station. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/pack.h"

#include "store/identity.h"
#include "sync/pack-private.h"
#include "sync/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  FILE                                       *stream;
  GString                                    *lines; /* not yet written */
  guint8                                      header[CONC_PACK_HEADER_BYTES];
  GBytes                                     *private_key;
  gint64                                      n_facts;
  gint64                                      n_bytes;
  GError                                     *error;
  crypto_secretstream_xchacha20poly1305_state state;
} Writer;

/** conc_pack_make_header: fills in the %CONC_PACK_HEADER_BYTES that a pack of the race begins
 * with. Who knows the id of the race can make them; they tell races apart and prove nothing. */
void
conc_pack_make_header (const char *race_id, guint8 *ret_header)
{
  static const char purpose[] = "concourse pack race 1";

  memcpy (ret_header, CONC_PACK_MAGIC, CONC_PACK_MAGIC_BYTES);
  ret_header[CONC_PACK_MAGIC_BYTES] = CONC_PACK_VERSION;
  crypto_generichash (ret_header + CONC_PACK_MAGIC_BYTES + 1, CONC_PACK_RACE_BYTES,
                      (const guint8 *) race_id, strlen (race_id), (const guint8 *) purpose,
                      strlen (purpose));
}

/** conc_pack_derive_key: Returns: (transfer full) (nullable): the key of packs of this race; a
 * display has none, which is %CONC_SYNC_ERROR_NOT_ALLOWED. */
GBytes *
conc_pack_derive_key (ConcRaceFile *file, GError **error)
{
  if (conc_role_has_race_key (conc_race_file_get_role (file)))
    return conc_derive_key (conc_race_file_get_key (file), "concourse pack 1");
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NOT_ALLOWED,
                       _ ("This station is a display, which has no key to packs. Use a station for "
                          "check-in, timing or organizing."));
  return NULL;
}

static gboolean
set_write_error (const char *target, int code, GError **error)
{
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
               _ ("The pack could not be written to “%s”: %s."), target, g_strerror (code));
  return FALSE;
}

/* Nothing else that carries the name is lost: not a race file, not a device, not the pack of
 * another race. */
static gboolean
check_target (const char *target, const char *race_id, GError **error)
{
  if (!g_file_test (target, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK) ||
      conc_pack_is_of (target, race_id))
    return TRUE;
  g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
               _ ("There is a file “%s” already, and it is no pack of this race. Give another "
                  "name."),
               target);
  return FALSE;
}

static gboolean
write_bytes (Writer *writer, const void *bytes, gsize length)
{
  writer->n_bytes += (gint64) length;
  return fwrite (bytes, 1, length, writer->stream) == length;
}

static gboolean
write_chunk (Writer *writer, const char *text, gsize length, guint8 tag)
{
  guint8 chunk[CONC_PACK_CHUNK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES];

  g_assert (length <= CONC_PACK_CHUNK_BYTES);
  crypto_secretstream_xchacha20poly1305_push (&writer->state, chunk, NULL, (const guint8 *) text,
                                              length, writer->header, sizeof writer->header, tag);
  return write_bytes (writer, chunk, length + crypto_secretstream_xchacha20poly1305_ABYTES);
}

/* Writes full chunks, and at the end the rest, which may be empty. */
static gboolean
write_lines (Writer *writer, gboolean is_last)
{
  gsize at = 0;

  for (; writer->lines->len - at >= CONC_PACK_CHUNK_BYTES; at += CONC_PACK_CHUNK_BYTES)
    if (!write_chunk (writer, writer->lines->str + at, CONC_PACK_CHUNK_BYTES, 0))
      return FALSE;
  g_string_erase (writer->lines, 0, (gssize) at);
  return !is_last || write_chunk (writer, writer->lines->str, writer->lines->len,
                                  crypto_secretstream_xchacha20poly1305_TAG_FINAL);
}

static gboolean
begin_stream (Writer *writer, GBytes *key)
{
  guint8 start[crypto_secretstream_xchacha20poly1305_HEADERBYTES];

  crypto_secretstream_xchacha20poly1305_init_push (&writer->state, start,
                                                   g_bytes_get_data (key, NULL));
  return write_bytes (writer, writer->header, sizeof writer->header) &&
         write_bytes (writer, start, sizeof start);
}

static gboolean
set_too_large (GError **error)
{
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                       _ ("This race has more entries than a pack can hold. Use a hub."));
  return FALSE;
}

static gboolean
write_fact_cb (ConcFact *fact, gpointer user_data)
{
  Writer *writer = user_data;

  if (!conc_pack_append_fact (writer->lines, fact, writer->private_key, &writer->error))
    return FALSE;
  writer->n_facts++;
  if (writer->n_facts > CONC_PACK_MAX_FACTS || writer->n_bytes > CONC_PACK_MAX_BYTES / 2)
    return set_too_large (&writer->error);
  return write_lines (writer, FALSE);
}

/* The error of the disk is in errno when none is set. */
static gboolean
write_content (Writer *writer, ConcRaceFile *file, GBytes *key, GError **error)
{
  g_autoptr (ConcReader) reader = conc_reader_open (conc_race_file_get_path (file), error);
  gboolean is_read;

  errno = 0;
  if (reader == NULL)
    return FALSE;
  conc_pack_append_head (writer->lines, conc_race_file_get_race_id (file),
                         conc_race_file_get_station (file));
  if (!begin_stream (writer, key))
    return FALSE;
  is_read = conc_reader_each_fact (reader, write_fact_cb, writer, error);
  if (writer->error != NULL)
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&writer->error));
      return FALSE;
    }
  return is_read && !ferror (writer->stream) && write_lines (writer, TRUE);
}

/* So that the new name is on the stick too; not every file system can do that. */
static void
sync_folder (const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);
  int              fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static gboolean
put_in_place (FILE *stream, const char *part, const char *target)
{
  gboolean is_safe = fflush (stream) == 0 && fsync (fileno (stream)) == 0;
  int      code = errno;

  if (fclose (stream) != 0 && is_safe)
    {
      code = errno;
      is_safe = FALSE;
    }
  if (is_safe && g_rename (part, target) == 0)
    {
      sync_folder (target);
      return TRUE;
    }
  errno = is_safe ? errno : code;
  return FALSE;
}

/* No link of somebody else's making is followed. */
static FILE *
open_part (const char *part)
{
  int fd;

  g_unlink (part);
  fd = g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  return fd >= 0 ? fdopen (fd, "wb") : NULL;
}

static gboolean
write_file (Writer       *writer,
            ConcRaceFile *file,
            GBytes       *key,
            const char   *part,
            const char   *target,
            GError      **error)
{
  GError *reason = NULL;
  int     code;

  writer->stream = open_part (part);
  if (writer->stream == NULL)
    return set_write_error (target, errno, error);
  if (write_content (writer, file, key, &reason))
    {
      if (put_in_place (writer->stream, part, target))
        return TRUE;
      code = errno;
    }
  else
    {
      code = errno;
      fclose (writer->stream);
    }
  g_unlink (part);
  if (reason == NULL)
    return set_write_error (target, code, error);
  g_propagate_error (error, reason);
  return FALSE;
}

/**
 * conc_pack:
 * @file: open in either mode
 * @target: where; a pack of this race that is there is replaced when the new one is complete
 * @ret_n_facts: (out) (optional): how many facts it holds
 *
 * Writes the facts of one moment, while the race goes on. The pack is sealed with a key that is
 * made from the race's own; bodies of private kinds are sealed once more with the private key, so
 * that a timing station can carry and take a pack that it cannot read all of. On a stick with FAT
 * it needs one more name, that of @target and ".part".
 *
 * Returns: whether the pack is there. %CONC_SYNC_ERROR_NOT_ALLOWED at a display;
 *   %CONC_SYNC_ERROR_FAILED when the disk failed or @target is something else. After an error
 *   @target is as it was. Any thread but the main loop of the app.
 */
gboolean
conc_pack (ConcRaceFile *file, const char *target, gint64 *ret_n_facts, GError **error)
{
  const char      *race_id = conc_race_file_get_race_id (file);
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autoptr (GBytes) key = conc_pack_derive_key (file, error);
  g_autoptr (GBytes) private_key = NULL;
  g_autoptr (GString) lines = g_string_sized_new (2 * CONC_PACK_CHUNK_BYTES);
  Writer   writer = { .lines = lines };
  gboolean is_written;

  if (key == NULL || !check_target (target, race_id, error))
    return FALSE;
  private_key = conc_race_file_dup_secret (file, CONC_SECRET_PRIVATE_KEY, NULL);
  writer.private_key = private_key;
  conc_pack_make_header (race_id, writer.header);
  is_written = write_file (&writer, file, key, part, target, error);
  sodium_memzero (&writer.state, sizeof writer.state);
  if (is_written && ret_n_facts != NULL)
    *ret_n_facts = writer.n_facts;
  return is_written;
}
