/* unpack.c: reads and checks a whole pack, then takes what is new. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/pack.h"

#include "store/identity.h"
#include "store/reader-sync.h"
#include "sync/pack-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALED_CHUNK_BYTES (CONC_PACK_CHUNK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES)
#define DAY_USEC (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

typedef struct
{
  FILE                                       *stream;
  GString                                    *pending; /* the beginning of a line */
  ConcPackContent                            *content;
  guint8                                      header[CONC_PACK_HEADER_BYTES];
  crypto_secretstream_xchacha20poly1305_state state;
} Reader;

/**
 * conc_pack_open:
 * @ret_size: (out): in bytes
 *
 * Returns: (nullable): @path for reading, when it is an ordinary file; errno tells why not, and is
 *   0 when it is something else. A pipe that somebody left on a stick is not waited for.
 */
FILE *
conc_pack_open (const char *path, gint64 *ret_size)
{
  int         fd = g_open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  struct stat status;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      *ret_size = status.st_size;
      return fdopen (fd, "rb");
    }
  close (fd);
  errno = 0;
  return NULL;
}

/** conc_pack_read_header: Returns: what begins at the start of @stream, which is then behind it. */
ConcPackSort
conc_pack_read_header (FILE *stream, const char *race_id)
{
  guint8 wanted[CONC_PACK_HEADER_BYTES], header[CONC_PACK_HEADER_BYTES];

  conc_pack_make_header (race_id, wanted);
  if (fread (header, 1, sizeof header, stream) != sizeof header ||
      memcmp (header, wanted, CONC_PACK_MAGIC_BYTES) != 0)
    return CONC_PACK_NONE;
  if (header[CONC_PACK_MAGIC_BYTES] > CONC_PACK_VERSION)
    return CONC_PACK_NEWER;
  if (header[CONC_PACK_MAGIC_BYTES] != CONC_PACK_VERSION)
    return CONC_PACK_NONE;
  return memcmp (header, wanted, sizeof header) == 0 ? CONC_PACK_OF_RACE : CONC_PACK_OF_OTHER_RACE;
}

/**
 * conc_pack_is_of:
 * @path: any file
 *
 * Returns: whether @path begins like a pack of the race @race_id; whether it is sound is not
 *   looked at. Reads some bytes and needs no key. Any thread.
 */
gboolean
conc_pack_is_of (const char *path, const char *race_id)
{
  gint64   size;
  FILE    *stream = conc_pack_open (path, &size);
  gboolean is_of;

  if (stream == NULL)
    return FALSE;
  is_of = conc_pack_read_header (stream, race_id) == CONC_PACK_OF_RACE;
  fclose (stream);
  return is_of;
}

static gboolean
set_damaged (GError **error)
{
  g_set_error_literal (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_DAMAGED,
                       _ ("This pack is damaged or not complete, and nothing of it was taken. Make "
                          "it again at the station that it comes from."));
  return FALSE;
}

static gboolean
check_header (Reader *reader, const char *path, GError **error)
{
  switch (conc_pack_read_header (reader->stream, reader->content->race_id))
    {
    case CONC_PACK_OF_RACE:
      conc_pack_make_header (reader->content->race_id, reader->header);
      return TRUE;
    case CONC_PACK_OF_OTHER_RACE:
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FOREIGN,
                   _ ("“%s” is a pack of another race."), path);
      return FALSE;
    case CONC_PACK_NEWER:
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_NEWER,
                   _ ("“%s” was made by a newer version of Concourse. Update this station and try "
                      "again."),
                   path);
      return FALSE;
    case CONC_PACK_NONE:
    default:
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_DAMAGED, _ ("“%s” is not a pack."),
                   path);
      return FALSE;
    }
}

/* Takes whole lines from @pending and leaves the beginning of the next. */
static gboolean
read_lines (Reader *reader, GError **error)
{
  GString *pending = reader->pending;
  gsize    at = 0;

  for (char *end; (end = memchr (pending->str + at, '\n', pending->len - at)) != NULL;)
    {
      gsize length = (gsize) (end - pending->str) - at;

      if (!conc_pack_content_add_line (reader->content, pending->str + at, length, error))
        return FALSE;
      at += length + 1;
    }
  g_string_erase (pending, 0, (gssize) at);
  return pending->len <= CONC_PACK_MAX_LINE_BYTES || set_damaged (error);
}

static gboolean
is_at_end (FILE *stream)
{
  int next = getc (stream);

  if (next == EOF)
    return TRUE;
  ungetc (next, stream);
  return FALSE;
}

/* The chunk that says it is the last must be the last, and the last must say so. */
static gboolean
read_chunk (Reader *reader, gboolean *ret_is_last, GError **error)
{
  guint8             sealed[SEALED_CHUNK_BYTES];
  char               opened[CONC_PACK_CHUNK_BYTES];
  gsize              length = fread (sealed, 1, sizeof sealed, reader->stream);
  unsigned long long opened_length = 0;
  guint8             tag = 0;

  if (length < crypto_secretstream_xchacha20poly1305_ABYTES ||
      crypto_secretstream_xchacha20poly1305_pull (&reader->state, (guint8 *) opened, &opened_length,
                                                  &tag, sealed, length, reader->header,
                                                  sizeof reader->header) != 0)
    return set_damaged (error);
  *ret_is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  if (*ret_is_last != is_at_end (reader->stream) || ferror (reader->stream))
    return set_damaged (error);
  g_string_append_len (reader->pending, opened, (gssize) opened_length);
  return read_lines (reader, error);
}

static gboolean
read_content (Reader *reader, GBytes *key, GError **error)
{
  guint8   start[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  gboolean is_last = FALSE;

  if (fread (start, 1, sizeof start, reader->stream) != sizeof start ||
      crypto_secretstream_xchacha20poly1305_init_pull (&reader->state, start,
                                                       g_bytes_get_data (key, NULL)) != 0)
    return set_damaged (error);
  while (!is_last)
    if (!read_chunk (reader, &is_last, error))
      return FALSE;
  return (reader->pending->len == 0 && reader->content->has_head) || set_damaged (error);
}

static gboolean
read_file (ConcPackContent *content, const char *path, GBytes *key, GError **error)
{
  g_autoptr (GString) pending = g_string_sized_new (2 * CONC_PACK_CHUNK_BYTES);
  gint64   size = 0;
  Reader   reader = { .stream = conc_pack_open (path, &size), pending, content };
  int      code = errno;
  gboolean is_read = FALSE;

  if (reader.stream == NULL)
    {
      g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_FAILED,
                   _ ("“%s” could not be read: %s."), path,
                   code != 0 ? g_strerror (code) : _ ("it is no ordinary file"));
      return FALSE;
    }
  if (size > CONC_PACK_MAX_BYTES)
    g_set_error (error, CONC_SYNC_ERROR, CONC_SYNC_ERROR_DAMAGED,
                 _ ("“%s” is too large to be a pack."), path);
  else
    is_read = check_header (&reader, path, error) && read_content (&reader, key, error);
  fclose (reader.stream);
  sodium_memzero (&reader.state, sizeof reader.state);
  return is_read;
}

static ConcFact *
find_fact (GPtrArray *facts, const ConcFactId *id)
{
  for (guint i = 0; i < facts->len; i++)
    if (conc_fact_id_equal (&((ConcFact *) g_ptr_array_index (facts, i))->id, id))
      return g_ptr_array_index (facts, i);
  return NULL;
}

/* Two copies of one file wrote under one name. A pack has no hub that could say which of them
 * keeps it, so both must come to the same answer from the two facts: the later one gives way. */
static gboolean
gives_way (ConcRaceFile *file, GPtrArray *facts, const ConcFactId *first)
{
  g_autoptr (ConcReader) reader = conc_reader_open (conc_race_file_get_path (file), NULL);
  g_autoptr (GPtrArray) own = NULL;
  const ConcFact *theirs = find_fact (facts, first);
  int             order = 0;

  if (reader != NULL)
    own = conc_reader_list_facts_of (reader, first->station, first->seq - 1, 1, NULL);
  if (own == NULL || own->len == 0 || theirs == NULL)
    return FALSE;
  order = conc_fact_compare (g_ptr_array_index (own, 0), theirs);
  if (order == 0)
    order = strcmp (conc_body_get_json (((ConcFact *) g_ptr_array_index (own, 0))->body),
                    conc_body_get_json (theirs->body));
  return order > 0;
}

static gboolean
take_facts (ConcRaceFile *file, GPtrArray *facts, ConcUnpacked *unpacked, GError **error)
{
  ConcFactId first;

  if (!conc_race_file_receive (file, facts, &unpacked->received, error))
    return FALSE;
  first = unpacked->received.first_own;
  if (!conc_fact_id_is_set (&first) || !gives_way (file, facts, &first))
    return TRUE;
  unpacked->was_renamed = TRUE;
  return conc_race_file_rename_station (file, &first, error) &&
         conc_race_file_receive (file, facts, &unpacked->received, error);
}

static gboolean
read_pack (ConcRaceFile *file, const char *source, ConcPackContent *content, GError **error)
{
  g_autoptr (GBytes) key = conc_pack_derive_key (file, error);
  g_autoptr (GBytes) private_key = NULL;
  ConcClock *clock = conc_race_file_get_clock (file);

  if (key == NULL)
    return FALSE;
  private_key = conc_race_file_dup_secret (file, CONC_SECRET_PRIVATE_KEY, NULL);
  content->race_id = conc_race_file_get_race_id (file);
  content->role = conc_race_file_get_role (file);
  content->private_key = private_key;
  content->latest_usec = conc_clock_get_wall_usec (clock) + DAY_USEC;
  return read_file (content, source, key, error);
}

/**
 * conc_unpack:
 * @file: open for writing
 * @ret_unpacked: (out) (optional): what became of the facts
 *
 * The whole pack is read and checked before the first of its facts is taken, and all are taken in
 * one transaction. Packs can be taken in any order and any number of times. Facts of kinds that the
 * role of this station does not read are left out. Facts that are dated more than a day ahead of
 * this clock are left out as well and counted, because no correction could be later than they are;
 * when the clock is set right, the pack can be taken again. Who made a pack is known no better than
 * that the race's key was there.
 *
 * When the pack comes from a copy of this very file that wrote under the same name, one of the two
 * gets a new name: this one if its fact is the later, else the other when it takes a pack of this
 * one; until then such facts are counted in n_differ.
 *
 * Returns: whether it was taken; otherwise nothing has changed: %CONC_SYNC_ERROR_DAMAGED,
 *   %CONC_SYNC_ERROR_FOREIGN, %CONC_SYNC_ERROR_NEWER, %CONC_SYNC_ERROR_NOT_ALLOWED at a display,
 *   %CONC_SYNC_ERROR_FAILED, or an error of the store. Any thread but the main loop of the app.
 *   Holds all facts of the pack in memory.
 */
gboolean
conc_unpack (ConcRaceFile *file, const char *source, ConcUnpacked *ret_unpacked, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
  ConcPackContent content = { .facts = facts };
  ConcUnpacked    unpacked = { 0 };

  if (!read_pack (file, source, &content, error) || !take_facts (file, facts, &unpacked, error))
    return FALSE;
  unpacked.received.n_withheld += content.n_withheld;
  unpacked.n_ahead = content.n_ahead;
  g_strlcpy (unpacked.station, content.station, sizeof unpacked.station);
  if (ret_unpacked != NULL)
    *ret_unpacked = unpacked;
  return TRUE;
}
