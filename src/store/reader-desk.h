/* reader-desk.h: what the desk and the printers ask of a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/print-job.h"
#include "store/reader.h"

G_BEGIN_DECLS

#define CONC_GROUP_MAX 50u
#define CONC_LOOK_ALIKES_MAX 5u

/* Whom a registration number names; NULL without an error: nobody. */
ConcRunner *
conc_reader_get_runner_by_registration (ConcReader *reader, const char *number, GError **error);

/* Those in the race who may be the person that @wanted is about. */
GPtrArray *
conc_reader_list_look_alikes (ConcReader *reader, const ConcRunner *wanted, GError **error);

/* Those who registered together: the same e-mail, or the same team when it has a captain. */
GPtrArray *conc_reader_list_group (ConcReader *reader, const char *runner_id, GError **error);

/* A payment at a desk. */
typedef struct
{
  char      *id;
  char      *fact;
  gint64     amount_cents;
  ConcMethod method;
  gint64     at_usec;
} ConcFee;

void       conc_fee_free (ConcFee *fee);
GPtrArray *conc_reader_list_fees (ConcReader *reader, const char *runner_id, GError **error);
gint64     conc_reader_get_paid_cents (ConcReader *reader, const char *runner_id, GError **error);

/* How the waiver was accepted. @signer and @signature may be NULL; see core/signature.h. */
typedef struct
{
  gboolean is_on_paper;
  char    *signer;
  char    *signature;
  gint64   at_usec;
} ConcWaiver;

void        conc_waiver_free (ConcWaiver *waiver);
ConcWaiver *conc_reader_get_waiver (ConcReader *reader, const char *runner_id, GError **error);

/* Who runs instead of a runner, or whose place it was; NULL: nobody. */
char *conc_reader_dup_transferred_to (ConcReader *reader, const char *runner_id, GError **error);
char *conc_reader_dup_transferred_from (ConcReader *reader, const char *runner_id, GError **error);

/* How many shirts of a size there are, are ordered by those who come, and were handed out. @had is
 * 0 and @is_counted FALSE for a size that the settings do not have. */
typedef struct
{
  char    *size;
  gboolean is_counted;
  guint    had;
  guint    ordered;
  guint    given;
  int      left; /* had - given; less than 0 when more were handed out than there were */
} ConcShirtCount;

void       conc_shirt_count_free (ConcShirtCount *count);
GPtrArray *conc_reader_count_shirts (ConcReader *reader, GError **error);

/* Labels of the queue and its history, oldest first. @states is a set of CONC_PRINT_STATE_BIT(), 0
 * for all. */
GPtrArray *
conc_reader_list_prints (ConcReader *reader, const char *station, guint states, GError **error);
GPtrArray *conc_reader_get_prints_of (ConcReader *reader, const char *runner_id, GError **error);
ConcPrint *conc_reader_get_print (ConcReader *reader, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcFee, conc_fee_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcWaiver, conc_waiver_free)

G_END_DECLS
