/* test-role.c: what a station is for, and what it may read and write. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/role.h"

#include <locale.h>
#include <string.h>

static void
test_names (void)
{
  static const char *const names[] = { "organizer", "check-in", "timing", "display" };

  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    {
      g_assert_cmpstr (conc_role_to_text (role), ==, names[role]);
      g_assert_cmpint (conc_role_from_text (names[role]), ==, role);
      g_assert_nonnull (conc_role_get_label (role));
    }
  g_assert_cmpint (conc_role_from_text ("Organizer"), ==, CONC_ROLE_NONE);
  g_assert_cmpint (conc_role_from_text (""), ==, CONC_ROLE_NONE);
  g_assert_cmpint (conc_role_from_text (NULL), ==, CONC_ROLE_NONE);
}

static void
test_every_kind_has_a_row (void)
{
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    {
      g_assert_true (conc_role_may_read (CONC_ROLE_ORGANIZER, kind));
      g_assert_true (conc_role_may_write (CONC_ROLE_ORGANIZER, kind));
      g_assert_cmpint (conc_kind_from_text (conc_kind_to_text (kind)), ==, kind);
    }
  g_assert_true (conc_role_reads_all (CONC_ROLE_ORGANIZER));
  for (ConcRole role = CONC_ROLE_ORGANIZER + 1; role < CONC_N_ROLES; role++)
    g_assert_false (conc_role_reads_all (role));
}

/* Private kinds go to those who have the key, and station logins to organizers alone. */
static void
test_private_kinds (void)
{
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
      if (conc_kind_is_private (kind) && conc_role_may_read (role, kind))
        g_assert_true (conc_role_has_private_key (role));
  g_assert_true (conc_role_has_private_key (CONC_ROLE_CHECK_IN));
  g_assert_false (conc_role_has_private_key (CONC_ROLE_TIMING));
  g_assert_false (conc_role_has_private_key (CONC_ROLE_DISPLAY));
  for (ConcRole role = CONC_ROLE_ORGANIZER + 1; role < CONC_N_ROLES; role++)
    g_assert_false (conc_role_may_read (role, CONC_KIND_STATION_LOGIN));
  g_assert_false (conc_role_has_race_key (CONC_ROLE_DISPLAY));
  g_assert_true (conc_role_has_race_key (CONC_ROLE_TIMING));
}

/* Who writes a kind must read it too, or would not see what it corrects. */
static void
test_writers_read (void)
{
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
      g_assert_true (!conc_role_may_write (role, kind) || conc_role_may_read (role, kind));
}

/* Nobody but a desk has anything to do with labels. */
static gboolean
is_of_printers (ConcKind kind)
{
  return kind == CONC_KIND_PRINT || kind == CONC_KIND_PRINT_STATE;
}

static void
test_labels_are_of_desks (void)
{
  for (ConcRole role = 0; role < CONC_N_ROLES; role++)
    for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
      if (is_of_printers (kind) || kind == CONC_KIND_WAIVER || kind == CONC_KIND_FEE)
        {
          gboolean is_desk = role == CONC_ROLE_ORGANIZER || role == CONC_ROLE_CHECK_IN;

          g_assert_true (conc_role_may_read (role, kind) == is_desk);
          g_assert_true (conc_role_may_write (role, kind) == is_desk);
          g_assert_true (conc_kind_is_private (kind) == !is_of_printers (kind));
        }
}

static void
test_display_says_only_who_it_is (void)
{
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    {
      g_assert_true (conc_role_may_write (CONC_ROLE_DISPLAY, kind) ==
                     (kind == CONC_KIND_STATION || kind == CONC_KIND_CLOCK));
      g_assert_true (conc_role_may_read (CONC_ROLE_DISPLAY, kind) ==
                     (!conc_kind_is_private (kind) && !is_of_printers (kind) &&
                      kind != CONC_KIND_RULING_REASON));
    }
}

static void
test_table (void)
{
  g_autofree char *table = conc_role_table_to_markdown ();
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, CONC_N_KINDS + 3);
  g_assert_cmpstr (lines[0], ==, "| kind | organizer | check-in | timing | display |");
  g_assert_cmpstr (lines[2], ==, "| `runner` | reads, writes | reads, writes | reads | reads |");
  g_assert_nonnull (strstr (table, "| `gift` | reads, writes | reads, writes | – | reads |\n"));
  g_assert_nonnull (strstr (table, "| `station.login` | reads, writes | – | – | – |\n"));
  for (ConcKind kind = 0; kind < CONC_N_KINDS; kind++)
    {
      g_autofree char *start = g_strdup_printf ("| `%s` |", conc_kind_to_text (kind));

      g_assert_true (g_str_has_prefix (lines[kind + 2], start));
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/role/names", test_names);
  g_test_add_func ("/role/every kind has a row", test_every_kind_has_a_row);
  g_test_add_func ("/role/private kinds", test_private_kinds);
  g_test_add_func ("/role/who writes a kind reads it", test_writers_read);
  g_test_add_func ("/role/labels, waivers and payments are of desks", test_labels_are_of_desks);
  g_test_add_func ("/role/a display says only who it is", test_display_says_only_who_it_is);
  g_test_add_func ("/role/the table", test_table);
  return g_test_run ();
}
