/* camera-beep.c: a short high sound by GStreamer, or none where nothing can be heard. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-beep.h"

#include <gst/gst.h>

/* A tenth of a second in ten pieces, as scanners do it. */
#define SOUND                                                                                      \
  "audiotestsrc num-buffers=10 samplesperbuffer=441 freq=2100 volume=0.3 ! "                       \
  "audio/x-raw,rate=44100,channels=1 ! audioconvert ! audioresample ! "

struct _ConcCameraBeep
{
  GstElement *pipeline; /* NULL when there is no sound */
};

/* What is said of a sound is of no use to anybody who waits for a runner. */
static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* @sink, in the notation of gst_parse_launch(), takes the place of the loudspeaker. This and what
 * follows on one thread at a time, and never the main one; after gst_init_check(). */
ConcCameraBeep *
conc_camera_beep_new (const char *sink)
{
  ConcCameraBeep  *self = g_new0 (ConcCameraBeep, 1);
  g_autofree char *description = g_strconcat (SOUND, sink != NULL ? sink : "autoaudiosink", NULL);

  self->pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  if (self->pipeline != NULL)
    {
      g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

      gst_bus_set_sync_handler (bus, message_cb, NULL, NULL);
    }
  return self;
}

/* Returns at once; a sound that is still heard begins again. */
void
conc_camera_beep_play (ConcCameraBeep *self)
{
  if (self->pipeline == NULL)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

void
conc_camera_beep_free (ConcCameraBeep *self)
{
  if (self->pipeline != NULL)
    {
      gst_element_set_state (self->pipeline, GST_STATE_NULL);
      gst_object_unref (self->pipeline);
    }
  g_free (self);
}
