/* pack-fixture.c: races, and packs of them that are sound or made by hand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack-fixture.h"

#include "store/identity.h"
#include "store/receive.h"
#include "sync/pack-private.h"
#include "sync/seal.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define RACE_DAY_USEC (G_GINT64_CONSTANT (1512831600) * G_USEC_PER_SEC)
#define N_RANDOM 60
#define N_SUBJECTS 5

static GPtrArray *
new_facts (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) conc_fact_unref);
}

static ConcFact *
make_fact (const char       *station,
           gint64            seq,
           ConcHlc           hlc,
           ConcKind          kind,
           const char       *subject,
           const ConcFactId *replaces,
           const char       *json)
{
  g_autoptr (ConcBody) body = conc_body_parse (json, -1, NULL);
  ConcFactId id = { "", seq };

  g_assert_nonnull (body);
  g_strlcpy (id.station, station, sizeof id.station);
  return conc_fact_new (&id, hlc, kind, subject, replaces, NULL, body);
}

static ConcHlc
get_hlc (Fixture *fixture, gint64 ahead_usec)
{
  return conc_hlc_from_usec (fixture->clock.wall_usec + ahead_usec);
}

static void
receive (ConcRaceFile *file, GPtrArray *facts)
{
  g_autoptr (GError) error = NULL;
  ConcReceived received;

  conc_race_file_receive (file, facts, &received, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (received.n_new, ==, facts->len);
}

/* Private facts, and a login that only organizers read. */
static void
add_sample_facts (Fixture *fixture)
{
  static const struct
  {
    ConcKind    kind;
    const char *subject, *json;
  } rows[] = {
    { CONC_KIND_RUNNER, RUNNER_ID, "{\"city\":\"St. Paul\",\"given_name\":\"Ada\"}" },
    { CONC_KIND_RUNNER_PRIVATE, RUNNER_ID, "{\"email\":\"" PRIVATE_WORD "\"}" },
    { CONC_KIND_GUN, "gun:", "{\"at\":\"2017-12-09T15:00:00.000000Z\",\"source\":\"typed\"}" },
    { CONC_KIND_STATION_LOGIN, "station:bbbbbbbbbb", "{\"verifier\":\"" PRIVATE_WORD "\"}" },
  };
  g_autoptr (GPtrArray) facts = new_facts ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (facts, make_fact ("bbbbbbbbbb", i + 1, get_hlc (fixture, 0) + i, rows[i].kind,
                                       rows[i].subject, NULL, rows[i].json));
  receive (fixture->file, facts);
}

static ConcRaceFile *
create (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (ConcSettings) settings = conc_settings_new ();
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file;

  conc_settings_set (settings, CONC_SETTING_NAME, "Test 5K");
  conc_settings_set (settings, CONC_SETTING_DATE, "2017-12-09");
  conc_settings_set (settings, CONC_SETTING_TIMEZONE, "America/Chicago");
  file = conc_race_file_create (path, settings, &fixture->clock.clock, &error);
  g_assert_no_error (error);
  return file;
}

static void
close_file (gpointer data)
{
  conc_race_file_close (data);
  g_object_unref (data);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("concourse-test-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->joined = g_ptr_array_new_with_free_func (close_file);
  conc_fake_clock_init (&fixture->clock, RACE_DAY_USEC);
  fixture->file = create (fixture, "a.race");
  add_sample_facts (fixture);
}

/** fixture_create: a race of its own, in the hands of an organizer. */
ConcRaceFile *
fixture_create (Fixture *fixture, const char *name)
{
  ConcRaceFile *file = create (fixture, name);

  g_ptr_array_add (fixture->joined, file);
  return file;
}

/** fixture_close_joined: closes all but the first race. */
void
fixture_close_joined (Fixture *fixture)
{
  g_ptr_array_set_size (fixture->joined, 0);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  g_ptr_array_unref (fixture->joined);
  close_file (fixture->file);
  dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static ConcRaceFile *
join (Fixture *fixture, const char *name, ConcRole role, GBytes *key)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  ConcIdentity     identity = { conc_race_file_get_race_id (fixture->file), key, role, name };
  g_autoptr (GBytes) private_key = NULL;
  g_autoptr (GError) error = NULL;
  ConcRaceFile *file =
      conc_race_file_create_joined (path, &identity, &fixture->clock.clock, &error);

  g_assert_no_error (error);
  private_key = conc_race_file_dup_secret (fixture->file, CONC_SECRET_PRIVATE_KEY, &error);
  g_assert_no_error (error);
  if (conc_role_has_private_key (role))
    conc_race_file_set_secret (file, CONC_SECRET_PRIVATE_KEY, private_key, &error);
  g_assert_no_error (error);
  g_ptr_array_add (fixture->joined, file);
  return file;
}

/** fixture_join: another station of the first race, with the keys of its role and no facts of
 * others. */
ConcRaceFile *
fixture_join (Fixture *fixture, const char *name, ConcRole role)
{
  return join (fixture, name, role, conc_race_file_get_key (fixture->file));
}

/** fixture_join_with_key: one that says it is of this race and has not its key. */
ConcRaceFile *
fixture_join_with_key (Fixture *fixture, const char *name, ConcRole role, guint8 key)
{
  guint8 bytes[32];
  g_autoptr (GBytes) wrong = NULL;

  memset (bytes, key, sizeof bytes);
  wrong = g_bytes_new (bytes, sizeof bytes);
  return join (fixture, name, role, wrong);
}

/** fixture_add_runners: so many that a pack has several chunks. */
void
fixture_add_runners (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) facts = new_facts ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);
      g_autofree char *subject =
          conc_subject_of_registration (conc_race_file_get_race_id (fixture->file), key);
      g_autofree char *json = g_strdup_printf (
          "{\"city\":\"St. Paul\",\"family_name\":\"%u\",\"given_name\":\"Runner\",\"team\":\"A "
          "team with a name that is rather long, as some teams have it\"}",
          i);

      g_ptr_array_add (facts, make_fact ("dddddddddd", i + 1, get_hlc (fixture, 0) + i,
                                         CONC_KIND_RUNNER, subject, NULL, json));
    }
  receive (fixture->file, facts);
}

static char *
choose_body (GRand *random, ConcKind kind, GPtrArray *facts)
{
  static const char *const cities[] = { "Edina", "Duluth", "Eagan" };
  const char              *city = cities[g_rand_int_range (random, 0, G_N_ELEMENTS (cities))];

  if (kind == CONC_KIND_BIB)
    return g_strdup_printf ("{\"bib\":%d}", g_rand_int_range (random, 1, 4));
  if (kind == CONC_KIND_RUNNER_PRIVATE)
    return g_strdup_printf ("{\"note\":\"%s\"}", city);
  if (kind == CONC_KIND_UNDO)
    return g_strdup ("{}");
  if (kind == CONC_KIND_SETTLE && facts->len > 0)
    {
      const ConcFact  *last = g_ptr_array_index (facts, facts->len - 1);
      g_autofree char *name = conc_fact_id_to_text (&last->id);

      return g_strdup_printf ("{\"city\":\"%s\",\"settles\":\"%s\"}", city, name);
    }
  return g_strdup_printf ("{\"city\":\"%s\"}", city);
}

/** fixture_add_random: facts of a station of its own about a few runners, whom every other station
 * knows too: corrections of each other, undos, decisions. */
void
fixture_add_random (Fixture *fixture, ConcRaceFile *file, GRand *random)
{
  static const ConcKind kinds[] = {
    CONC_KIND_RUNNER,         CONC_KIND_RUNNER_SET, CONC_KIND_BIB,
    CONC_KIND_RUNNER_PRIVATE, CONC_KIND_SETTLE,     CONC_KIND_UNDO
  };
  guint8           bytes[8];
  g_autofree char *station = NULL;
  g_autoptr (GPtrArray) facts = new_facts ();

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) g_rand_int_range (random, 0, 256);
  station = conc_id_from_bytes (bytes, sizeof bytes, CONC_STATION_ID_LENGTH);
  for (gint64 seq = 1; seq <= N_RANDOM; seq++)
    {
      ConcKind         kind = kinds[g_rand_int_range (random, 0, G_N_ELEMENTS (kinds))];
      ConcHlc          hlc = get_hlc (fixture, 0) + seq + g_rand_int_range (random, 0, 3);
      g_autofree char *subject =
          g_strdup_printf ("r0123456789abcde%d", g_rand_int_range (random, 0, N_SUBJECTS));
      g_autofree char *json = choose_body (random, kind, facts);
      ConcFactId       replaces = { "", 0 };

      if (facts->len > 0 && g_rand_boolean (random))
        replaces = ((ConcFact *) facts->pdata[g_rand_int_range (random, 0, (int) facts->len)])->id;
      g_ptr_array_add (facts, make_fact (station, seq, hlc, kind, subject, &replaces, json));
    }
  receive (file, facts);
}

/** fixture_append_own: a fact in the name of the station itself. */
void
fixture_append_own (ConcRaceFile *file)
{
  ConcBody        *body = conc_body_parse ("{\"name\":\"Desk\",\"role\":\"organizer\"}", -1, NULL);
  g_autofree char *subject = g_strconcat ("station:", conc_race_file_get_station (file), NULL);
  g_autoptr (GError) error = NULL;

  conc_race_file_append (file, CONC_KIND_STATION, subject, body, &error);
  g_assert_no_error (error);
}

static char *
name_pack (Fixture *fixture)
{
  g_autofree char *name = g_strdup_printf ("%u.pack", fixture->n_packs++);

  return g_build_filename (fixture->folder, name, NULL);
}

/** fixture_pack: Returns: the path of a new pack. */
char *
fixture_pack (Fixture *fixture, ConcRaceFile *file)
{
  char *pack = name_pack (fixture);
  g_autoptr (GError) error = NULL;

  conc_pack (file, pack, NULL, &error);
  g_assert_no_error (error);
  return pack;
}

/** fixture_unpack: Returns: what became of the facts of a pack that must be taken. */
ConcUnpacked
fixture_unpack (ConcRaceFile *file, const char *pack)
{
  g_autoptr (GError) error = NULL;
  ConcUnpacked unpacked = { 0 };

  conc_unpack (file, pack, &unpacked, &error);
  g_assert_no_error (error);
  return unpacked;
}

GString *
fixture_begin_lines (Fixture *fixture)
{
  GString *lines = g_string_new (NULL);

  conc_pack_append_head (lines, conc_race_file_get_race_id (fixture->file), "cccccccccc");
  return lines;
}

static void
add_line (Fixture *fixture, GString *lines, ConcFact *fact)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key =
      conc_race_file_dup_secret (fixture->file, CONC_SECRET_PRIVATE_KEY, &error);

  g_assert_no_error (error);
  conc_pack_append_fact (lines, fact, key, &error);
  g_assert_no_error (error);
}

void
fixture_add_private (Fixture *fixture, GString *lines)
{
  g_autoptr (ConcFact) fact =
      make_fact ("cccccccccc", 1, get_hlc (fixture, 0), CONC_KIND_RUNNER_PRIVATE, RUNNER_ID, NULL,
                 "{\"email\":\"" PRIVATE_WORD "\"}");

  add_line (fixture, lines, fact);
}

void
fixture_add_bib (Fixture    *fixture,
                 GString    *lines,
                 const char *station,
                 gint64      seq,
                 guint       bib,
                 gint64      ahead_usec)
{
  g_autofree char *json = g_strdup_printf ("{\"bib\":%u}", bib);
  g_autoptr (ConcFact) fact =
      make_fact (station, seq, get_hlc (fixture, ahead_usec), CONC_KIND_BIB, RUNNER_ID, NULL, json);

  add_line (fixture, lines, fact);
}

/** fixture_seal: Returns: the path of a pack of the first race that holds any text whatsoever. */
char *
fixture_seal (Fixture *fixture, const GString *lines)
{
  char  *path = name_pack (fixture);
  guint8 header[CONC_PACK_HEADER_BYTES];
  guint8 start[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
  guint8 chunk[CONC_PACK_CHUNK_BYTES + crypto_secretstream_xchacha20poly1305_ABYTES];
  g_autoptr (GBytes) key = conc_pack_derive_key (fixture->file, NULL);
  g_autoptr (GString) content = g_string_new (NULL);
  crypto_secretstream_xchacha20poly1305_state state;

  conc_pack_make_header (conc_race_file_get_race_id (fixture->file), header);
  crypto_secretstream_xchacha20poly1305_init_push (&state, start, g_bytes_get_data (key, NULL));
  g_string_append_len (content, (const char *) header, sizeof header);
  g_string_append_len (content, (const char *) start, sizeof start);
  for (gsize at = 0; at <= lines->len; at += CONC_PACK_CHUNK_BYTES)
    {
      gsize    length = MIN (lines->len - at, CONC_PACK_CHUNK_BYTES);
      gboolean is_last = length < CONC_PACK_CHUNK_BYTES;

      crypto_secretstream_xchacha20poly1305_push (
          &state, chunk, NULL, (const guint8 *) lines->str + at, length, header, sizeof header,
          is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
      g_string_append_len (content, (const char *) chunk,
                           (gssize) length + crypto_secretstream_xchacha20poly1305_ABYTES);
    }
  fixture_write (path, content->str, content->len);
  return path;
}

void
fixture_write (const char *path, const char *bytes, gsize length)
{
  FILE *stream;

  /* Some file systems wait for the disk when a file that was there is written anew. */
  g_unlink (path);
  stream = g_fopen (path, "wb");
  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (bytes, 1, length, stream), ==, length);
  g_assert_cmpint (fclose (stream), ==, 0);
}

void
fixture_assert_no_parts (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);

  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    g_assert_false (g_str_has_suffix (name, ".part"));
}
