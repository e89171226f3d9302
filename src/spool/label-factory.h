/* label-factory.h: What all labels of one race have in common, read from its file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/label.h"
#include "print/layout.h"
#include "store/race-file.h"

G_BEGIN_DECLS

/* Makes labels as they would be printed now. One of them serves for one moment: settings that
 * change later are not seen. */
typedef struct _ConcLabelFactory ConcLabelFactory;

ConcLabelFactory *
conc_label_factory_new (ConcRaceFile *file, ConcReader *reader, const char *layout, GError **error);
void       conc_label_factory_free (ConcLabelFactory *self);
ConcLabel *conc_label_factory_make (ConcLabelFactory *self, const ConcRunner *runner);
char      *conc_label_factory_dup_content (ConcLabelFactory *self, const ConcLabel *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConcLabelFactory, conc_label_factory_free)

G_END_DECLS
