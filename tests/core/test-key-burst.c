/* test-key-burst.c: the keys of a scanner and those of a person. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/key-burst.h"

#include <locale.h>
#include <string.h>

#define TOKEN "C9Q10000214H5JSPZ29"
#define OTHER_TOKEN "C9Q10000215ABCDEFGH"
/* Longer than any code is waited for. */
#define SILENCE_MSEC 2000

/* What happens to keys, as a window would do it: what is passed stands there, a code stands in
 * brackets, with a star where keys of it were passed before. */
typedef struct
{
  ConcKeyBurst *burst;
  GString      *held;
  GString      *out;
  guint32       msec;
} Player;

static void
set_up (Player *player, gconstpointer data)
{
  player->burst = conc_key_burst_new ();
  player->held = g_string_new (NULL);
  player->out = g_string_new (NULL);
  /* The clock of the keyboard starts anew every 49 days. */
  player->msec = G_MAXUINT32 - 200;
}

static void
tear_down (Player *player, gconstpointer data)
{
  conc_key_burst_free (player->burst);
  g_string_free (player->held, TRUE);
  g_string_free (player->out, TRUE);
}

static void
take_code (Player *player)
{
  g_string_append_printf (player->out, "<%s%s>", conc_key_burst_get_text (player->burst),
                          conc_key_burst_has_passed (player->burst) ? "*" : "");
  g_string_truncate (player->held, 0);
}

static void
pass_held (Player *player)
{
  g_string_append (player->out, player->held->str);
  g_string_truncate (player->held, 0);
}

static void
finish (Player *player)
{
  if (conc_key_burst_get_n_held (player->burst) == 0)
    return;
  if (conc_key_burst_end (player->burst))
    take_code (player);
  else
    pass_held (player);
}

static ConcKeyKind
get_kind (char letter)
{
  switch (letter)
    {
    case '\n':
    case '\r':
      return CONC_KEY_ENTER;
    case '\t':
      return CONC_KEY_TAB;
    case '\033':
      return CONC_KEY_OTHER;
    default:
      return g_ascii_iscntrl (letter) ? CONC_KEY_JUNK : CONC_KEY_TEXT;
    }
}

static void
press (Player *player, char letter, gboolean is_repeat)
{
  ConcKey key = { get_kind (letter), (guchar) letter, player->msec, is_repeat };

  if (conc_key_burst_is_over (player->burst, key.msec))
    finish (player);
  switch (conc_key_burst_press (player->burst, &key))
    {
    case CONC_KEY_HOLD:
      g_string_append_c (player->held, letter);
      break;
    case CONC_KEY_SCANNED:
      take_code (player);
      break;
    case CONC_KEY_DROP:
      break;
    case CONC_KEY_ENDS:
      finish (player);
      g_string_append_c (player->out, letter);
      break;
    case CONC_KEY_PASS:
    default:
      pass_held (player);
      g_string_append_c (player->out, letter);
    }
}

static void
type (Player *player, const char *keys, guint gap_msec)
{
  for (; *keys != '\0'; keys++)
    {
      press (player, *keys, FALSE);
      player->msec += gap_msec;
    }
}

static void
assert_typed (Player *player, const char *keys, guint gap_msec, const char *wanted)
{
  g_test_message ("“%s”, a key each %u ms", keys, gap_msec);
  g_string_truncate (player->out, 0);
  type (player, keys, gap_msec);
  player->msec += SILENCE_MSEC;
  if (conc_key_burst_is_over (player->burst, player->msec))
    finish (player);
  g_assert_cmpstr (player->out->str, ==, wanted);
  g_assert_cmpuint (conc_key_burst_get_n_held (player->burst), ==, 0);
}

static void
test_scanner (Player *player, gconstpointer data)
{
  static const struct
  {
    const char *keys;
    const char *wanted;
  } vectors[] = {
    { TOKEN "\n", "<" TOKEN ">" },
    { TOKEN, "<" TOKEN ">" },
    { TOKEN "\t", "<" TOKEN ">" },
    { TOKEN "\r\n", "<" TOKEN ">" },
    { TOKEN "\t\r\n", "<" TOKEN ">" },
    { "\002" TOKEN "\003\r", "<" TOKEN ">" },
    { "~" TOKEN "\n", "<~" TOKEN ">" },
    { "]Q1" TOKEN "\n", "<]Q1" TOKEN ">" },
    { "c9q10000214h5jspz29\n", "<c9q10000214h5jspz29>" },
    { TOKEN "\n" OTHER_TOKEN "\n", "<" TOKEN "><" OTHER_TOKEN ">" },
    { TOKEN "\r\n" TOKEN "\r\n", "<" TOKEN "><" TOKEN ">" },
    { TOKEN OTHER_TOKEN, "<" TOKEN OTHER_TOKEN ">" },
    { "C9Q10000214\n", "<C9Q10000214>" },
    { "C9Q10000214H5", "<C9Q10000214H5>" },
    { "214\n", "<214>" },
    { "14\n", "<14>" },
    { "000214", "<000214>" },
    { "RSU-123\n", "<RSU-123>" },
    { "https://example.org/?registration_id=1234&x=y\n",
      "<https://example.org/?registration_id=1234&x=y>" },
    { "https://example.org/?registration_id=1234&x=y",
      "<https://example.org/?registration_id=1234&x=y>" },
    { TOKEN "\033", "<" TOKEN ">\033" },
  };
  static const guint gaps_msec[] = { 0, 1, 3, 8, 10, 16, 20 };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (gaps_msec); k++)
      assert_typed (player, vectors[i].keys, gaps_msec[k], vectors[i].wanted);
}

/* Words may come at any speed; digits as fast as a hand types them. */
static void
test_person (Player *player, gconstpointer data)
{
  static const char *const words[] = {
    "olson an",
    "garcia\n",
    "jose garcia\t",
    "o'brien\n",
    "van der berg-cruz",
    "a\n",
    "\n",
    "\t\t\n",
    "Christopherjohnsons\n",
    "ann@example.org\n",
    "ann7@example.org\n",
    "olson\033",
    "7\n",
    "Clark\n",
    "",
  };
  static const char *const figures[] = { "214\n",          "100.01\n", "1990-05-17\t",
                                         "smith85\n",      "09:00\n",  "C9Q10\n",
                                         "612-555-0103\n", "12\n",     "1234567890\n" };
  static const guint       gaps_msec[] = { 40, 60, 90, 119, 150, 700 };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      for (guint gap_msec = 0; gap_msec < 40; gap_msec += 5)
        assert_typed (player, words[i], gap_msec, words[i]);
      for (gsize k = 0; k < G_N_ELEMENTS (gaps_msec); k++)
        assert_typed (player, words[i], gaps_msec[k], words[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (gaps_msec); k++)
      assert_typed (player, figures[i], gaps_msec[k], figures[i]);
}

/* Somebody types a token that cannot be scanned any more: that takes its time. */
static void
test_token_by_hand (Player *player, gconstpointer data)
{
  assert_typed (player, TOKEN "\n", 150, TOKEN "\n");
  assert_typed (player, TOKEN "\n", 400, TOKEN "\n");
}

/* Its first letters were passed before they were known; then the rest is held. */
static void
test_slow_scanner (Player *player, gconstpointer data)
{
  static const guint gaps_msec[] = { 35, 60, 100, 119 };

  for (gsize k = 0; k < G_N_ELEMENTS (gaps_msec); k++)
    {
      g_autofree char *wanted = NULL;
      const char      *code;

      g_string_truncate (player->out, 0);
      type (player, TOKEN "\n", gaps_msec[k]);
      wanted = g_strdup (player->out->str);
      code = strchr (wanted, '<');
      g_assert_nonnull (code);
      g_assert_cmpstr (code, ==, "<" TOKEN "*>");
      g_assert_cmpint (code - wanted, <=, 11);
      player->msec += SILENCE_MSEC;
    }
}

/* A person goes on when the scanner has ended, and the other way round. */
static void
test_both (Player *player, gconstpointer data)
{
  type (player, "ols", 90);
  type (player, TOKEN "\r\n", 3);
  player->msec += 200;
  type (player, "on\n", 90);
  finish (player);
  g_assert_cmpstr (player->out->str, ==, "ols<" TOKEN ">on\n");
}

/* An Enter that comes soon after a code is the scanner's, later a person's. */
static void
test_late_enter (Player *player, gconstpointer data)
{
  type (player, TOKEN, 3);
  player->msec += 80;
  finish (player);
  type (player, "\n", 0);
  player->msec += 400;
  type (player, "\n", 0);
  g_assert_cmpstr (player->out->str, ==, "<" TOKEN ">\n");
}

static void
test_held_key (Player *player, gconstpointer data)
{
  press (player, '5', FALSE);
  player->msec += 500;
  for (guint i = 0; i < 10; i++, player->msec += 15)
    press (player, '5', TRUE);
  press (player, '\n', FALSE);
  g_assert_cmpstr (player->out->str, ==, "55555555555\n");
}

/* Nobody waits long for a letter that was typed by hand. */
static void
test_patience (Player *player, gconstpointer data)
{
  press (player, 'o', FALSE);
  g_assert_cmpuint (conc_key_burst_get_patience_msec (player->burst), <=, 30);
  finish (player);
  g_assert_cmpstr (player->out->str, ==, "o");
}

/* A cat on the keyboard, or a scanner that reads a page of text. */
static void
test_endless (Player *player, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000, '7');

  type (player, text, 1);
  g_assert_cmpuint (conc_key_burst_get_n_held (player->burst), <, 5000);
  finish (player);
}

/* Any keys at any times: every key is passed in its order, or is of a code. */
static void
test_any_keys (Player *player, gconstpointer data)
{
  static const char  letters[] = "C9Q10000214 abcXYZ-@:/\n\t\r\002\003\033";
  static const guint gaps_msec[] = { 0, 1, 5, 10, 25, 31, 60, 100, 130, 600 };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) keys = g_string_new (NULL);
      const char *out;
      guint       n_keys = (guint) g_test_rand_int_range (1, 40);

      g_string_truncate (player->out, 0);
      for (guint i = 0; i < n_keys; i++)
        {
          g_string_append_c (keys, letters[g_test_rand_int_range (0, sizeof letters - 1)]);
          press (player, keys->str[i], g_test_rand_int_range (0, 30) == 0);
          player->msec += gaps_msec[g_test_rand_int_range (0, G_N_ELEMENTS (gaps_msec))];
        }
      player->msec += SILENCE_MSEC;
      finish (player);
      out = player->out->str;
      if (strchr (out, '<') == NULL)
        for (const char *at = keys->str; *at != '\0'; at++)
          g_assert_true (*out == *at ? *out++ == *at : g_ascii_iscntrl (*at));
    }
}

#define ADD(name, func) g_test_add (name, Player, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("/key-burst/a scanner at each speed", test_scanner);
  ADD ("/key-burst/a person is not a scanner", test_person);
  ADD ("/key-burst/a token that is typed by hand", test_token_by_hand);
  ADD ("/key-burst/a slow scanner", test_slow_scanner);
  ADD ("/key-burst/a person and a scanner", test_both);
  ADD ("/key-burst/an Enter that comes late", test_late_enter);
  ADD ("/key-burst/a key that is held", test_held_key);
  ADD ("/key-burst/a letter is not kept waiting", test_patience);
  ADD ("/key-burst/a text without end", test_endless);
  ADD ("/key-burst/any keys", test_any_keys);
  return g_test_run ();
}
