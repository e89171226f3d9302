/* text-fold.c: folds text so that a search finds it however it is typed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/text-fold.h"

#include <string.h>

#define LATIN_END 0xac00 /* past the last Latin letter of the table */

typedef struct
{
  const char *base;
  const char *letters;
} Letters;

/* The lower-case Latin letters that Unicode does not take apart into a plain
 * letter and marks, after the languages and phonetic alphabets that use them. */
static const Letters latin_letters[] = {
  { "a", "ɐɑɒᴀᶏᶐẚⱥꞻꬰꬱꭤ" },
  { "aa", "ꜳ" },
  { "ae", "æᴁᴂꞛ" },
  { "ao", "ꜵ" },
  { "au", "ꜷ" },
  { "av", "ꜹꜻ" },
  { "ay", "ꜽ" },
  { "b", "ƀƃƅɓʙᴃᵬᶀꞗꞵᴯ" },
  { "c", "ƈȼɕʗᴄꜿꝯꞓꞔↄ" },
  { "d", "ðđƌƍȡɖɗᴅᴆᵭᶁᶑẟꝺꟈꝱ" },
  { "db", "ȸ" },
  { "dz", "ʣʤʥꭦ" },
  { "e", "ǝɇɘəɚɛɜɝɞʚᴇᴈᶒᶓᶔᶕⱸⱻꬲꬳꬴꭠ" },
  { "et", "ꝫ" },
  { "f", "ƒɸᵮᶂⱷꜰꝼꞙꬵⅎꟻ" },
  { "fn", "ʩ" },
  { "g", "ǥɠɡɢɣʛᵷᵹᶃꝿꞡꟑꬶ" },
  { "h", "ħɥɦɧʜʮʯⱨⱶꜧꞕꟶ" },
  { "hv", "ƕ" },
  { "i", "ıɨɩɪᴉᵻᵼᶖꞽᵎꟷꟾ" },
  { "ie", "ꭡ" },
  { "is", "ꝭ" },
  { "j", "ȷɉɟʄʝᴊ" },
  { "k", "ƙʞᴋᶄⱪꝁꝃꝅꞣꜭ" },
  { "l", "ŀłƚƛȴɫɬɭʟᴌᶅⱡꝇꝉꞁꞎꬷꬸꬹꝲ" },
  { "ll", "ỻ" },
  { "ls", "ʪ" },
  { "lz", "ɮʫ" },
  { "m", "ɯɰɱᴍᴟᵯᶆꟺꬺꝳꟽꟿ" },
  { "n", "ŋƞȵɲɳɴᴎᵰᶇꞑꞥꬻꬼᴻꝴ" },
  { "o", "øɔɤɵɷᴏᴐᴑᴒᴓᴖᴗᶗⱺꝋꝍꞷꟁꬽꬾꬿꭃꭄ" },
  { "oe", "œɶᴔꞝꭀꭁꭂꭢ" },
  { "oi", "ƣ" },
  { "oo", "ꝏ" },
  { "ou", "ȣᴕ" },
  { "p", "ƥᴘᵱᵽᶈꝑꝓꝕꟼ" },
  { "q", "ĸɋʠꝗꝙꞯꜫ" },
  { "qp", "ȹ" },
  { "r", "ɍɹɺɻɼɽɾɿʀʁᴙᴚᵲᵳᶉⱹꝛꝝꞃꞧꭅꭆꭇꭈꭉꭊꭋꭌꝵꝶꭨ" },
  { "s", "ƨƪƽȿʂʃʅʆᵴᶊᶋᶘẜẝꜱꞅꞩꟊꟗꟙꭍ" },
  { "ss", "ß" },
  { "t", "ŧƫƭȶʇʈᴛᵵⱦꞇꝷ" },
  { "tc", "ʨ" },
  { "th", "þᵺꝥꝧꟓ" },
  { "ts", "ƾʦʧꭧ" },
  { "tz", "ꜩꜯ" },
  { "u", "ʉʊᴜᴝᴞᵾᵿᶙꞹꞿꭎꭏꭒ" },
  { "ue", "ᵫꞟ" },
  { "ui", "ꭐꭑ" },
  { "um", "ꝸ" },
  { "uo", "ꭣ" },
  { "v", "ʋʌᴠᶌỽⱱⱴꝟꝩ" },
  { "vy", "ꝡ" },
  { "w", "ƿʍᴡⱳꟃꟕ" },
  { "x", "ᶍꭓꭔꭕꭖꭗꭘꭙ" },
  { "y", "ƴȝɏʎʏỿꭚ" },
  { "z", "ƶƹƺƻȥɀʐʑʒʓᴢᴣᵶᶎᶚⱬꝣ" },
};

/* Index into latin_letters plus one, by code point; filled once. */
static guint8 latin_index[LATIN_END];

static void
ensure_latin_index (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (latin_letters); i++)
    for (const char *p = latin_letters[i].letters; *p != '\0'; p = g_utf8_next_char (p))
      latin_index[g_utf8_get_char (p)] = (guint8) (i + 1);
  g_once_init_leave (&ready, 1);
}

/* Stops of the throat and clicks of the tongue have no letter of their own among a to z; whoever
 * types such a name leaves them out. */
static gboolean
is_stop (gunichar letter)
{
  static const char *const stops = "ǀǁǂǃɁɂʔʕʖʘʡʢʬʭᴤᴥꜢꜣꜤꜥꞋꞌꞏ";

  return letter > 0x17f && g_utf8_strchr (stops, -1, letter) != NULL;
}

/* What stands for an apostrophe on some keyboard or in some spelling, and the
 * middle dot of Catalan. */
static gboolean
is_apostrophe (gunichar letter)
{
  switch (letter)
    {
    case '\'':
    case '`':
    case 0x00b7:
    case 0x02b9:
    case 0x02bb:
    case 0x02bc:
    case 0x02bd:
    case 0x02be:
    case 0x02bf:
    case 0x02c8:
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0x2032:
    case 0x2035:
      return TRUE;
    default:
      return is_stop (letter);
    }
}

static void
append_separator (GString *out)
{
  if (out->len > 0 && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

static void
append_ascii (GString *out, char letter)
{
  if (g_ascii_isalnum (letter))
    g_string_append_c (out, g_ascii_tolower (letter));
  else if (!is_apostrophe ((guchar) letter))
    append_separator (out);
}

/* Returns whether marks that follow the letter are accents to be dropped. */
static gboolean
append_letter (GString *out, gunichar letter)
{
  letter = g_unichar_tolower (letter);
  if (letter < LATIN_END && latin_index[letter] != 0)
    {
      g_string_append (out, latin_letters[latin_index[letter] - 1].base);
      return TRUE;
    }
  if (g_unichar_isalnum (letter))
    {
      /* A final sigma is the same letter. */
      g_string_append_unichar (out, letter == 0x03c2 ? 0x03c3 : letter);
      return g_unichar_get_script (letter) == G_UNICODE_SCRIPT_LATIN;
    }
  if (g_unichar_type (letter) != G_UNICODE_FORMAT)
    append_separator (out);
  return TRUE;
}

static void
append_decomposed (GString *out, const char *text)
{
  gboolean drop_marks = TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (is_apostrophe (letter))
        continue;
      if (letter < 0x80)
        {
          /* A lone acute accent, typed for an apostrophe, decomposes to space and mark. */
          if (letter != ' ' || !g_unichar_ismark (g_utf8_get_char (p + 1)))
            append_ascii (out, (char) letter);
          drop_marks = TRUE;
        }
      else if (!g_unichar_ismark (letter))
        drop_marks = append_letter (out, letter);
      else if (!drop_marks)
        g_string_append_unichar (out, letter);
    }
}

static char *
fold_unicode (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *decomposed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) out = g_string_sized_new (strlen (text));

  ensure_latin_index ();
  append_decomposed (out, decomposed);
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  if (g_str_is_ascii (out->str))
    return g_string_free (g_steal_pointer (&out), FALSE);
  /* Letters of other scripts keep their marks, in the usual composed form. */
  return g_utf8_normalize (out->str, (gssize) out->len, G_NORMALIZE_ALL_COMPOSE);
}

/**
 * conc_text_fold:
 * @text: text in UTF-8; invalid bytes count as separators
 *
 * Folds text so that equal folds mean “the same to somebody who searches”:
 *
 * - lower case;
 * - Latin letters of every language become a to z: accents go (é, ů, ệ), ø is o,
 *   ł l, đ and ð d, þ th, ß ss, ı i, æ ae, œ oe, ŋ n, ħ h, ə e, and so on;
 * - apostrophes of every kind vanish: O'Brien, O’Brien and OBrien are “obrien”;
 * - everything else that is neither letter nor digit (hyphens, dots, commas, white
 *   space of any amount) is one space, none at the ends: Abdi-Rahman is “abdi rahman”,
 *   St. James “st james”;
 * - letters of other scripts stay, in lower case with their marks.
 *
 * Text and query are folded alike. Folding a fold gives the same fold. Empty text
 * and text of marks alone fold to empty text.
 *
 * Returns: (transfer full): the folded text, never %NULL.
 *
 * Thread: any. Cost: linear; ASCII takes about a nanosecond a letter.
 */
char *
conc_text_fold (const char *text)
{
  char *folded, *write;

  g_return_val_if_fail (text != NULL, NULL);

  folded = write = g_malloc (strlen (text) + 1);
  for (const char *p = text; *p != '\0'; p++)
    {
      if ((*p & 0x80) != 0)
        {
          g_free (folded);
          return fold_unicode (text);
        }
      if (g_ascii_isalnum (*p))
        *write++ = g_ascii_tolower (*p);
      else if (!is_apostrophe ((guchar) *p) && write > folded && write[-1] != ' ')
        *write++ = ' ';
    }
  if (write > folded && write[-1] == ' ')
    write--;
  *write = '\0';
  return folded;
}
