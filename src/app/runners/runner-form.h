/* runner-form.h: what may stand in the fields of a runner when a person types them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/runner.h"

G_BEGIN_DECLS

char *conc_runner_form_normalise (ConcField   field,
                                  const char *text,
                                  const char *race_date,
                                  char      **ret_sentence);
char *conc_runner_form_check (const ConcRunner *runner);
void  conc_runner_form_set_age (ConcRunner *runner, const char *race_date);

G_END_DECLS
