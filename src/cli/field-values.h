/* field-values.h: the fields of a runner as words of a call. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/call.h"
#include "store/race-file.h"

G_BEGIN_DECLS

ConcRunner *conc_field_values_read (ConcCall         *call,
                                    char            **words,
                                    guint             n_words,
                                    ConcSettings     *settings,
                                    const ConcRunner *base,
                                    ConcExit         *ret_exit);
ConcRunner *conc_find_runner (ConcRaceFile *file, const char *text, ConcExit *ret_exit);
ConcRunner *conc_find_registered (ConcRaceFile *file, const char *text, ConcExit *ret_exit);

G_END_DECLS
