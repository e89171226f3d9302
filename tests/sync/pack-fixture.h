/* pack-fixture.h: races, and packs of them that are sound or made by hand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/role.h"
#include "sync/pack.h"

G_BEGIN_DECLS

/* What only the holders of the private key may ever read. */
#define PRIVATE_WORD "ada@example.org"
#define RUNNER_ID "r0123456789abcdef"

/* @file is an organizer's race with a fact of every kind that matters here; @joined are closed with
 * it. */
typedef struct
{
  char         *folder;
  ConcFakeClock clock;
  ConcRaceFile *file;
  GPtrArray    *joined;
  guint         n_packs;
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_close_joined (Fixture *fixture);

ConcRaceFile *fixture_create (Fixture *fixture, const char *name);
ConcRaceFile *fixture_join (Fixture *fixture, const char *name, ConcRole role);
ConcRaceFile *fixture_join_with_key (Fixture *fixture, const char *name, ConcRole role, guint8 key);

void fixture_add_runners (Fixture *fixture, guint n);
void fixture_add_random (Fixture *fixture, ConcRaceFile *file, GRand *random);
void fixture_append_own (ConcRaceFile *file);

char        *fixture_pack (Fixture *fixture, ConcRaceFile *file);
ConcUnpacked fixture_unpack (ConcRaceFile *file, const char *pack);

/* The content of a pack, line by line, and then the pack. */
GString *fixture_begin_lines (Fixture *fixture);
void     fixture_add_private (Fixture *fixture, GString *lines);
void     fixture_add_bib (Fixture    *fixture,
                          GString    *lines,
                          const char *station,
                          gint64      seq,
                          guint       bib,
                          gint64      ahead_usec);
char    *fixture_seal (Fixture *fixture, const GString *lines);

void fixture_write (const char *path, const char *bytes, gsize length);
void fixture_assert_no_parts (Fixture *fixture);

G_END_DECLS
