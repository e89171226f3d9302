/* reader.h: questions to a race file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/fact.h"
#include "core/gift.h"
#include "core/runner.h"
#include "core/settings.h"
#include "core/scoreboard.h"

G_BEGIN_DECLS

/* A reader is a connection of its own; use it on one thread. A ConcRaceFile has one for the main
 * loop; long reads open another on a worker. All lists are new and owned by the caller; NULL
 * with an error set means that the file could not be read. */
typedef struct _ConcReader ConcReader;

ConcReader *conc_reader_open (const char *path, GError **error);
void        conc_reader_close (ConcReader *reader);

/* Everything read between begin and end is of one moment. */
gboolean conc_reader_begin (ConcReader *reader, GError **error);
void     conc_reader_end (ConcReader *reader);

typedef struct
{
  guint  n_registered; /* everyone, virtual runners included */
  guint  n_virtual;
  guint  n_expected; /* registered and neither virtual, deferred nor transferred */
  guint  n_no_shows; /* of those who are expected */
  guint  n_deferred;
  guint  n_transferred; /* whose place somebody else has */
  guint  n_checked_in;
  guint  n_with_bib;
  guint  n_taps;           /* standing taps, matched or not */
  guint  n_unmatched;      /* taps without a bib */
  guint  n_unmatched_bibs; /* bibs of the chute without a tap */
  guint  n_conflicts;      /* that the role of this station may settle */
  gint64 raised_cents;     /* received: all methods but pledge */
  gint64 matched_cents;    /* the part of it by method match */
  gint64 pledged_cents;
  guint  n_gifts;
  gint64 by_method_cents[CONC_N_METHODS];
  gint64 first_gun_usec; /* -1 before the gun */
  gint64 n_facts;
} ConcCounts;

gboolean conc_reader_count (ConcReader *reader, ConcCounts *ret_counts, GError **error);

ConcRunner *conc_reader_get_runner (ConcReader *reader, const char *id, GError **error);
ConcRunner *conc_reader_get_runner_by_bib (ConcReader *reader, guint bib, GError **error);
GPtrArray  *conc_reader_search (ConcReader *reader, const char *text, guint limit, GError **error);
void        conc_reader_prepare_search (ConcReader *reader);
GPtrArray  *conc_reader_list_runners (ConcReader *reader, GError **error);

/* A tap as the timing table sees it; ordered by time. */
typedef struct
{
  char  *fact; /* its name; undo and link take it */
  gint64 at_usec;
  gint64 raw_usec;    /* by the clock of its station */
  guint  bib;         /* 0: unmatched */
  char  *bib_fact;    /* the fact that gave the bib; NULL when none or given with the tap */
  char  *runner_id;   /* NULL when nobody holds the bib */
  char  *runner_name; /* full name for the crew; NULL likewise */
  char  *source;      /* "key", "clock" or "typed" */
} ConcTap;

#define CONC_TYPE_TAP (conc_tap_get_type ())
GType    conc_tap_get_type (void);
ConcTap *conc_tap_copy (const ConcTap *tap);
void     conc_tap_free (ConcTap *tap);

/* The last @limit taps in order of time; 0 for all. */
GPtrArray *conc_reader_list_taps (ConcReader *reader, guint limit, GError **error);

/* One tap; NULL without an error when it does not stand any more. */
ConcTap *conc_reader_get_tap (ConcReader *reader, const char *fact, GError **error);

typedef struct
{
  char  *wave; /* "" is the race's own gun */
  char  *fact;
  gint64 at_usec;
} ConcGun;

void       conc_gun_free (ConcGun *gun);
GPtrArray *conc_reader_list_guns (ConcReader *reader, GError **error);
char     **conc_reader_list_waves (ConcReader *reader, GError **error);
char     **conc_reader_list_events (ConcReader *reader, GError **error);

GPtrArray *conc_reader_list_gifts (ConcReader *reader, guint limit, GError **error);

typedef struct
{
  char  *name;    /* of the beneficiary */
  guint  percent; /* its share of what is not designated */
  gint64 designated_cents;
  gint64 total_cents; /* designated and its part of the rest; sums to what was raised */
} ConcAllocation;

void       conc_allocation_free (ConcAllocation *allocation);
GPtrArray *conc_reader_allocate (ConcReader *reader, GError **error);

/* Facts in log order; @after is the position of the last one seen, 0 from the beginning. */
typedef gboolean (*ConcFactFunc) (ConcFact *fact, gpointer user_data);
gboolean
conc_reader_each_fact (ConcReader *reader, ConcFactFunc func, gpointer user_data, GError **error);

ConcSettings *conc_reader_dup_settings (ConcReader *reader, GError **error);

/* Scoring: a board with everybody on it, and keeping it current by the subjects that
 * ConcRaceFile::changed names. */
ConcScoreboard *conc_reader_load_scoreboard (ConcReader *reader, GError **error);
gboolean        conc_reader_update_scoreboard (ConcReader        *reader,
                                               ConcScoreboard    *board,
                                               const char *const *subjects,
                                               GError           **error);

/* Runners who are out there: started, here, and not at the finish. */
gboolean conc_reader_count_on_course (ConcReader     *reader,
                                      ConcScoreboard *board,
                                      guint          *ret_count,
                                      GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcReader, conc_reader_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcTap, conc_tap_free)

G_END_DECLS
