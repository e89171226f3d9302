/* mutate.c: runs a fuzz target on its seeds and on a fixed number of mutations of them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <locale.h>

#define MUTATIONS_MAX 4
#define INPUT_MAX_BYTES 16384

/* Bytes that mean something to some parser. */
static const char special[] = "\0\n\r\t \"',;:=+-./\\{}[]()%$@#<>\x7f\x80\xbf\xc3\xe2\xf0\xfe\xff"
                              "0123456789TZazAZ";

static guint
choose (GRand *random, guint n)
{
  return n > 0 ? (guint) g_rand_int_range (random, 0, (int) n) : 0;
}

static const char *
choose_seed (GRand *random)
{
  guint n = 0;

  while (fuzz_seeds[n] != NULL)
    n++;
  return fuzz_seeds[choose (random, n)];
}

static void
replace_byte (GString *input, GRand *random)
{
  if (input->len > 0)
    input->str[choose (random, (guint) input->len)] = special[choose (random, sizeof special - 1)];
}

static void
flip_bit (GString *input, GRand *random)
{
  if (input->len > 0)
    input->str[choose (random, (guint) input->len)] ^= (char) (1 << choose (random, 8));
}

static void
insert_bytes (GString *input, GRand *random)
{
  guint at = choose (random, (guint) input->len + 1);
  char  byte = special[choose (random, sizeof special - 1)];

  for (guint n = choose (random, 8) == 0 ? 300 : 1; n > 0; n--)
    g_string_insert_c (input, at, byte);
}

static void
erase_bytes (GString *input, GRand *random)
{
  guint at = choose (random, (guint) input->len);

  if (input->len > 0)
    g_string_erase (input, at, 1 + choose (random, MIN (16, (guint) input->len - at)));
}

static void
repeat_bytes (GString *input, GRand *random)
{
  guint            at = choose (random, (guint) input->len);
  guint            length = MIN (1 + choose (random, 32), (guint) input->len - at);
  g_autofree char *copy = g_strndup (input->str + at, length);

  if (input->len > 0)
    g_string_insert_len (input, at, copy, length);
}

/* The head of the input and the tail of a seed. */
static void
splice (GString *input, GRand *random)
{
  const char *seed = choose_seed (random);
  guint       length = (guint) strlen (seed);

  g_string_truncate (input, choose (random, (guint) input->len + 1));
  g_string_append (input, seed + choose (random, length + 1));
}

static void
mutate (GString *input, GRand *random)
{
  static void (*const mutations[]) (GString *, GRand *) = {
    replace_byte, flip_bit, insert_bytes, erase_bytes, repeat_bytes, splice,
  };

  for (guint n = 1 + choose (random, MUTATIONS_MAX); n > 0; n--)
    mutations[choose (random, G_N_ELEMENTS (mutations))](input, random);
  if (input->len > INPUT_MAX_BYTES)
    g_string_truncate (input, INPUT_MAX_BYTES);
}

/* A copy of the size of the input, so that a sanitizer sees what is read beyond it. */
static void
run (const GString *input)
{
  g_autofree uint8_t *exact = g_malloc (MAX (input->len, 1));

  memcpy (exact, input->str, input->len);
  LLVMFuzzerTestOneInput (exact, input->len);
}

static void
test_seeds (void)
{
  for (guint i = 0; fuzz_seeds[i] != NULL; i++)
    {
      g_autoptr (GString) input = g_string_new (fuzz_seeds[i]);

      run (input);
    }
  g_assert_cmpuint (fuzz_n_read, >, 0);
}

/* Every round has a seed of its own; --verbose says which one is the last. */
static void
test_mutations (void)
{
  fuzz_n_read = 0;
  fuzz_n_refused = 0;
  for (guint i = 0; i < fuzz_rounds; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      g_autoptr (GString) input = g_string_new (choose_seed (random));

      if (g_test_verbose ())
        g_test_message ("round %u", i);
      mutate (input, random);
      run (input);
    }
  g_test_message ("%u rounds: %u read, %u refused", fuzz_rounds, fuzz_n_read, fuzz_n_refused);
  g_assert_cmpuint (fuzz_n_read, >, fuzz_rounds / 100);
  g_assert_cmpuint (fuzz_n_refused, >, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/seeds", test_seeds);
  g_test_add_func ("/fuzz/mutations", test_mutations);
  return g_test_run ();
}
