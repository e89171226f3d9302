/* test-runner-facts.c: tests of runners as facts. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/runner-facts.h"

#include <locale.h>

#define ROUNDS 2000

/* Beside plain words: what JSON has to escape, other scripts, and a number with a sign. */
static const char *const texts[] = { "Ann", "O\"Brien", "a\\b\n\t\x01", "Łukasz", "",
                                     "5K",  "no",       "2500",         "-7",     "٤" };

static ConcRunner *
make_runner (GRand *random)
{
  ConcRunner *runner = conc_runner_new ("r1");

  for (ConcField field = 0; field < CONC_N_FIELDS; field++)
    if (g_rand_boolean (random))
      conc_runner_set (runner, field,
                       texts[g_rand_int_range (random, 0, (gint32) G_N_ELEMENTS (texts))]);
  return runner;
}

static void
check_side (const ConcRunner *runner, gboolean want_private, ConcBody *take_body)
{
  g_autoptr (ConcBody) body = take_body;
  g_autoptr (GString) json = g_string_new ("before");

  g_assert_true (conc_runner_append_json (runner, want_private, json) ==
                 (conc_body_get_n (body) > 0));
  g_assert_true (g_str_has_prefix (json->str, "before"));
  g_assert_cmpstr (json->str + strlen ("before"), ==, conc_body_get_json (body));
}

static void
test_json (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (ConcRunner) runner = make_runner (random);

      check_side (runner, FALSE, conc_runner_to_public_body (runner));
      check_side (runner, TRUE, conc_runner_to_private_body (runner));
    }
}

static void
test_nothing_known (void)
{
  g_autoptr (ConcRunner) runner = conc_runner_new (NULL);

  check_side (runner, FALSE, conc_runner_to_public_body (runner));
  check_side (runner, TRUE, conc_runner_to_private_body (runner));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/runner-facts/text-is-that-of-the-body", test_json);
  g_test_add_func ("/runner-facts/nothing-known", test_nothing_known);
  return g_test_run ();
}
