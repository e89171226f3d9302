/* camera-pipeline.c: takes pictures from a camera, reads the code in each and makes a small
 * picture to be shown. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-pipeline.h"

#include "app/camera/camera-source.h"
#include "print/code-read.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

/* At most 15 pictures a second, the newest only, in the gray that the decoder takes. */
#define SIGHT                                                                                      \
  "videorate drop-only=true max-rate=15 ! videoconvert ! videoscale ! "                            \
  "video/x-raw,format=GRAY8,width=" G_STRINGIFY (CONC_CAMERA_WIDTH) ",height=" G_STRINGIFY (       \
      CONC_CAMERA_HEIGHT) ",pixel-aspect-ratio=1/1 ! "                                             \
                          "appsink name=sink max-buffers=1 drop=true sync=false"

struct _ConcCameraPipeline
{
  GstElement          *element;
  ConcCameraFrameFunc  frame;
  ConcCameraFailedFunc failed;
  gpointer             user_data;
  GDestroyNotify       free_data;
};

gboolean
conc_camera_is_built (void)
{
  return TRUE;
}

/* Every second pixel of every second row, from right to left: who holds a bib before a camera
 * moves it as before a mirror. */
static GBytes *
make_view (const guint8 *gray, int stride)
{
  gsize   size = 3 * CONC_CAMERA_VIEW_WIDTH * CONC_CAMERA_VIEW_HEIGHT;
  guint8 *view = g_malloc (size);
  guint8 *to = view;

  for (int y = 0; y < CONC_CAMERA_VIEW_HEIGHT; y++)
    {
      const guint8 *row = gray + (gsize) (2 * y) * (gsize) stride;

      for (int x = CONC_CAMERA_VIEW_WIDTH - 1; x >= 0; x--, to += 3)
        to[0] = to[1] = to[2] = row[2 * x];
    }
  return g_bytes_new_take (view, size);
}

static void
look_at (ConcCameraPipeline *self, GstSample *sample)
{
  GstVideoInfo  info;
  GstVideoFrame frame;
  const guint8 *gray;
  int           stride;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return;
  gray = GST_VIDEO_FRAME_PLANE_DATA (&frame, 0);
  stride = GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0);
  self->frame (make_view (gray, stride),
               conc_code_read_gray (gray, CONC_CAMERA_WIDTH, CONC_CAMERA_HEIGHT, stride),
               self->user_data);
  gst_video_frame_unmap (&frame);
}

/* The thread of the camera is the one that decodes: what comes meanwhile is dropped. */
static GstFlowReturn
sample_cb (GstAppSink *sink, gpointer user_data)
{
  GstSample *sample = gst_app_sink_pull_sample (sink);

  if (sample == NULL)
    return GST_FLOW_EOS;
  look_at (user_data, sample);
  gst_sample_unref (sample);
  return GST_FLOW_OK;
}

/* On the thread that has the news, so that no main loop is needed; nothing is kept. */
static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  ConcCameraPipeline *self = user_data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      self->failed (conc_camera_source_explain (error), self->user_data);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    self->failed (g_strdup (_ ("The camera has ended. Try again.")), self->user_data);
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static GstElement *
make_element (const char *pictures, const char *name, GError **error)
{
  g_autoptr (GstElement) element = gst_pipeline_new (NULL);
  GstElement *source, *sight;

  if (!conc_camera_source_prepare (pictures, error))
    return NULL;
  source = conc_camera_source_new (pictures, name, error);
  if (source == NULL)
    return NULL;
  gst_bin_add (GST_BIN (element), source);
  sight =
      gst_parse_bin_from_description_full (SIGHT, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (sight == NULL)
    return NULL;
  gst_bin_add (GST_BIN (element), sight);
  if (!gst_element_link (source, sight))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("The camera sends no pictures that can be read."));
      return NULL;
    }
  return g_steal_pointer (&element);
}

static void
listen (ConcCameraPipeline *self)
{
  GstAppSinkCallbacks callbacks = { .new_sample = sample_cb };
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (self->element), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (self->element);

  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  gst_bus_set_sync_handler (bus, message_cb, self, NULL);
}

/* Opens the camera @name, NULL for any, and calls @frame and @failed until it is freed. NULL and
 * an error when there is nothing to open; a camera that does not start is told by @failed. Takes
 * @user_data in both cases. Never on the main thread, as devices take their time. */
ConcCameraPipeline *
conc_camera_pipeline_new (const char          *pictures,
                          const char          *name,
                          ConcCameraFrameFunc  frame,
                          ConcCameraFailedFunc failed,
                          gpointer             user_data,
                          GDestroyNotify       free_data,
                          GError             **error)
{
  ConcCameraPipeline *self;
  GstElement         *element = make_element (pictures, name, error);

  if (element == NULL)
    {
      free_data (user_data);
      return NULL;
    }
  self = g_new0 (ConcCameraPipeline, 1);
  self->element = element;
  self->frame = frame;
  self->failed = failed;
  self->user_data = user_data;
  self->free_data = free_data;
  listen (self);
  gst_element_set_state (self->element, GST_STATE_PLAYING);
  return self;
}

/* Closes the camera; when it returns nothing is called any more. Never on the main thread. */
void
conc_camera_pipeline_free (ConcCameraPipeline *self)
{
  gst_element_set_state (self->element, GST_STATE_NULL);
  gst_object_unref (self->element);
  self->free_data (self->user_data);
  g_free (self);
}
