/* camera-mailbox.h: carries what the threads of a camera find to the main loop. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ConcCameraMail:
 * @names: (nullable): the cameras that there are, once after the start
 * @view: (nullable): the newest picture
 * @text: (nullable): what a code said
 * @sentence: (nullable): why there are no more pictures
 *
 * What has come since the last time.
 */
typedef struct
{
  char  **names;
  GBytes *view;
  char   *text;
  char   *sentence;
} ConcCameraMail;

typedef void (*ConcCameraMailFunc) (const ConcCameraMail *mail, gpointer user_data);

typedef struct _ConcCameraMailbox ConcCameraMailbox;

ConcCameraMailbox *conc_camera_mailbox_new (ConcCameraMailFunc func, gpointer user_data);
ConcCameraMailbox *conc_camera_mailbox_ref (ConcCameraMailbox *self);
void               conc_camera_mailbox_unref (ConcCameraMailbox *self);
void               conc_camera_mailbox_close (ConcCameraMailbox *self);
gboolean           conc_camera_mailbox_is_closed (ConcCameraMailbox *self);
void               conc_camera_mailbox_put_names (ConcCameraMailbox *self, char **names);
void conc_camera_mailbox_put_frame (ConcCameraMailbox *self, GBytes *view, char *text);
void conc_camera_mailbox_put_sentence (ConcCameraMailbox *self, char *sentence);

G_END_DECLS
