/* key-burst.h: tells the keys of a scanner from those of a person. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CONC_KEY_TEXT,  /* a letter, a digit, a sign or a blank */
  CONC_KEY_ENTER, /* ends a code, as Tab does for some scanners */
  CONC_KEY_TAB,
  CONC_KEY_JUNK, /* a control character or a function key: what scanners put around a code */
  CONC_KEY_OTHER /* nothing that a scanner sends */
} ConcKeyKind;

typedef struct
{
  ConcKeyKind kind;
  gunichar    letter;    /* of text */
  guint32     msec;      /* when it was pressed; only differences count */
  gboolean    is_repeat; /* it is being held down */
} ConcKey;

typedef enum
{
  CONC_KEY_PASS,    /* first the keys that are held are for whom they were meant, then this one */
  CONC_KEY_HOLD,    /* to be held with the others: it may be of a code */
  CONC_KEY_SCANNED, /* the keys that are held are a code, which this one ended */
  CONC_KEY_ENDS,    /* decide on what is held with conc_key_burst_end(), then this one is passed */
  CONC_KEY_DROP     /* the last of a code that is over already */
} ConcKeyFate;

typedef struct _ConcKeyBurst ConcKeyBurst;

ConcKeyBurst *conc_key_burst_new (void);
void          conc_key_burst_free (ConcKeyBurst *burst);
gboolean      conc_key_burst_is_over (const ConcKeyBurst *burst, guint32 msec);
ConcKeyFate   conc_key_burst_press (ConcKeyBurst *burst, const ConcKey *key);
gboolean      conc_key_burst_end (ConcKeyBurst *burst);
guint         conc_key_burst_get_n_held (const ConcKeyBurst *burst);
guint         conc_key_burst_get_patience_msec (const ConcKeyBurst *burst);
gboolean      conc_key_burst_is_new_run (const ConcKeyBurst *burst, guint32 msec);
const char   *conc_key_burst_get_text (const ConcKeyBurst *burst);
gboolean      conc_key_burst_has_passed (const ConcKeyBurst *burst);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcKeyBurst, conc_key_burst_free)

G_END_DECLS
