/* verb.h: the verbs of concoursectl. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/call.h"

G_BEGIN_DECLS

/* @help is one line; @synopsis is what follows the verb. */
struct _ConcVerb
{
  const char *name;
  const char *synopsis;
  const char *help;
  ConcExit (*run) (ConcCall *call);
};

ConcExit conc_verb_attendance (ConcCall *call);
ConcExit conc_verb_backup (ConcCall *call);
ConcExit conc_verb_bibs (ConcCall *call);
ConcExit conc_verb_check_in (ConcCall *call);
ConcExit conc_verb_clock (ConcCall *call);
ConcExit conc_verb_config (ConcCall *call);
ConcExit conc_verb_conflicts (ConcCall *call);
ConcExit conc_verb_create (ConcCall *call);
ConcExit conc_verb_edit (ConcCall *call);
ConcExit conc_verb_facts (ConcCall *call);
ConcExit conc_verb_gift (ConcCall *call);
ConcExit conc_verb_gun (ConcCall *call);
ConcExit conc_verb_hub (ConcCall *call);
ConcExit conc_verb_import (ConcCall *call);
ConcExit conc_verb_join (ConcCall *call);
ConcExit conc_verb_labels (ConcCall *call);
ConcExit conc_verb_log (ConcCall *call);
ConcExit conc_verb_on_course (ConcCall *call);
ConcExit conc_verb_ladder (ConcCall *call);
ConcExit conc_verb_pack (ConcCall *call);
ConcExit conc_verb_print (ConcCall *call);
ConcExit conc_verb_prints (ConcCall *call);
ConcExit conc_verb_problems (ConcCall *call);
ConcExit conc_verb_reads (ConcCall *call);
ConcExit conc_verb_record (ConcCall *call);
ConcExit conc_verb_rehearse (ConcCall *call);
ConcExit conc_verb_remove (ConcCall *call);
ConcExit conc_verb_repair (ConcCall *call);
ConcExit conc_verb_results (ConcCall *call);
ConcExit conc_verb_roles (ConcCall *call);
ConcExit conc_verb_ruling (ConcCall *call);
ConcExit conc_verb_runners (ConcCall *call);
ConcExit conc_verb_settle (ConcCall *call);
ConcExit conc_verb_status (ConcCall *call);
ConcExit conc_verb_stocks (ConcCall *call);
ConcExit conc_verb_story (ConcCall *call);
ConcExit conc_verb_streams (ConcCall *call);
ConcExit conc_verb_sync (ConcCall *call);
ConcExit conc_verb_transfer (ConcCall *call);
ConcExit conc_verb_unpack (ConcCall *call);
ConcExit conc_verb_verify (ConcCall *call);
ConcExit conc_verb_walk_up (ConcCall *call);

G_END_DECLS
