/* on-course.h: how many runners are out on the course. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void
conc_on_course_count_async (const char *path, GAsyncReadyCallback callback, gpointer user_data);
gboolean conc_on_course_count_finish (GAsyncResult *result, guint *ret_count, GError **error);

G_END_DECLS
