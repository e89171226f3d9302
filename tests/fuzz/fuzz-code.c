/* fuzz-code.c: any picture has a code that is text, or none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "print/code-read.h"

/* The first byte says how many pixels a row has, from a blank for none; the second, a digit, how
 * often each pixel is repeated to the right and down. Then come the pixels, a byte each: # is
 * black, a blank is white, and any other as gray as it is large. */
#define WIDTH_NONE ' '
#define ENLARGED_MAX 6
#define CODE                                                                                       \
  "                         "                                                                      \
  "                         "                                                                      \
  "  #######  ## # #######  "                                                                      \
  "  #     # ## #  #     #  "                                                                      \
  "  # ### #   #   # ### #  "                                                                      \
  "  # ### #    #  # ### #  "                                                                      \
  "  # ### # #   # # ### #  "                                                                      \
  "  #     #  # #  #     #  "                                                                      \
  "  ####### # # # #######  "                                                                      \
  "           ###           "                                                                      \
  "  # # # #   # #   #  #   "                                                                      \
  "  ####   ### #       #   "                                                                      \
  "  ##  # # ## # #  ##  #  "                                                                      \
  "  ### ## ##  # ## ## ##  "                                                                      \
  "  # # # #       #  ## #  "                                                                      \
  "          # #  ##    ##  "                                                                      \
  "  #######        ##      "                                                                      \
  "  #     #  #   ###  #    "                                                                      \
  "  # ### # ##   ## ##     "                                                                      \
  "  # ### #    # ###   #   "                                                                      \
  "  # ### # #  #### ##  #  "                                                                      \
  "  #     #   # # ## ####  "                                                                      \
  "  ####### ##  # # # # #  "                                                                      \
  "                         "                                                                      \
  "                         "

const guint       fuzz_rounds = 5000;
const char *const fuzz_seeds[] = { "94" CODE, "93" CODE, "91" CODE, NULL };

static guint8
gray_from_byte (uint8_t byte)
{
  return byte == '#' ? 0 : byte == ' ' ? 255 : byte;
}

/* Of the very size, so that a sanitizer sees what is read behind it. */
static guint8 *
draw (const uint8_t *data, int width, int height, int times)
{
  int     row = width * times;
  guint8 *gray = g_malloc ((gsize) row * (gsize) (height * times));

  for (int y = 0; y < height * times; y++)
    for (int x = 0; x < row; x++)
      gray[y * row + x] = gray_from_byte (data[y / times * width + x / times]);
  return gray;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  int                width = size >= 2 ? data[0] - WIDTH_NONE : 0;
  int                times = size >= 2 ? CLAMP (data[1] - '0', 1, ENLARGED_MAX) : 1;
  int                height = width > 0 ? (int) MIN ((size - 2) / (size_t) width, 256) : 0;
  g_autofree guint8 *gray = height > 0 ? draw (data + 2, width, height, times) : NULL;
  g_autofree char *text = conc_code_read_gray (gray, width * times, height * times, width * times);

  if (text == NULL)
    {
      fuzz_n_refused++;
      return 0;
    }
  fuzz_n_read++;
  g_assert_cmpint (text[0], !=, '\0');
  g_assert_true (g_utf8_validate (text, -1, NULL));
  return 0;
}
