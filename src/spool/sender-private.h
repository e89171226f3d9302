/* sender-private.h: What the parts of the sender share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spool/label-factory.h"
#include "spool/label-maker.h"
#include "spool/printers.h"
#include "spool/sender.h"

G_BEGIN_DECLS

/* What goes to the print service as one: a label, or the sheets of a batch. @key is in its title,
 * by which it is known again. @id is 0 until the print service has named it. @is_urgent: somebody
 * stands at the desk and waits for it. @is_sheet: it is all or a part of a batch on sheets. */
typedef struct
{
  char        *key;
  char        *printer;
  GPtrArray   *prints; /* element-type ConcPrint */
  int          id;
  ConcJobState state;
  char        *note;
  gboolean     is_urgent;
  gboolean     is_sheet;
} ConcBundle;

/* How a printer was when it was last asked. @problem: (nullable): why it prints nothing. */
typedef struct
{
  gint64   asked_usec;
  gboolean is_ready;
  char    *problem;
} ConcReadiness;

struct _ConcSender
{
  /* owned */
  ConcRaceFile    *file;
  ConcReader      *reader;
  ConcTransport   *transport;
  ConcPrinterBook *book;
  char            *operator_name;
  GHashTable      *makers;    /* by printer, layout and stock */
  GHashTable      *factories; /* by layout */
  GHashTable      *readiness; /* by printer */
  GQueue           unsent;    /* ConcBundle */
  GPtrArray       *sent;      /* ConcBundle */
  GPtrArray       *news;      /* ConcPrint: what goes with the next commit */
  GHashTable      *unsure;    /* ids of prints that the print service does not know */
  GHashTable      *unwanted;  /* ids of prints that somebody cancelled at the print service */
  char            *problem;   /* of the print service or the race file, not of one printer */

  /* state */
  gint64 polled_usec;
  guint  n_done;
  guint  n_total;
};

/* sender.c */
const char       *conc_sender_get_station (ConcSender *self);
void              conc_sender_set_problem (ConcSender *self, const char *sentence);
void              conc_sender_tell (ConcSender      *self,
                                    const ConcPrint *print,
                                    ConcPrintState   state,
                                    const char      *printer,
                                    const char      *detail);
gboolean          conc_sender_say (ConcSender *self, GError **error);
void              conc_sender_forget_makers (ConcSender *self);
ConcLabelMaker   *conc_sender_get_maker (ConcSender *self, const ConcPrint *print, GError **error);
ConcLabelFactory *conc_sender_get_factory (ConcSender *self, const char *layout, GError **error);
ConcBundle       *conc_sender_find_sent (ConcSender *self, const char *id);

/* sender-decide.c */
void conc_sender_hold_back (ConcSender *self, const char *const *ids);
void conc_sender_enqueue (ConcSender *self, GPtrArray *prints, gboolean is_urgent);

/* sender-repeat.c */
gboolean
conc_sender_check_not_at_printer (ConcSender *self, const ConcPrint *print, GError **error);

/* bundle.c */
ConcBundle *conc_bundle_new (const char *key, const char *printer);
void        conc_bundle_free (ConcBundle *self);
char       *conc_bundle_dup_mark (const char *key, GPtrArray *prints);
char       *conc_bundle_dup_title (const ConcBundle *self);
gboolean    conc_bundle_is_titled (const ConcBundle *self, const char *title);
void        conc_bundles_add (GQueue *bundles, ConcPrint *print, gboolean is_sheet);
gboolean    conc_bundle_has (const ConcBundle *self, const char *id);

/* sender-send.c */
gboolean conc_sender_send (ConcSender *self, ConcBundle *bundle);

/* sender-poll.c */
void     conc_sender_poll (ConcSender *self);
gboolean conc_sender_is_ready (ConcSender *self, const char *printer);
void     conc_sender_forget_readiness (ConcSender *self, const char *printer);
void     conc_readiness_free (ConcReadiness *self);
gboolean conc_sender_withdraw (ConcSender *self, ConcBundle *bundle, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcBundle, conc_bundle_free)

G_END_DECLS
