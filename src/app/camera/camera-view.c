/* camera-view.c: scanning with the camera: picture, frame, and the word that says what was read. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/camera/camera-view.h"

#include "app/camera/camera.h"
#include "app/preferences.h"
#include "app/scan.h"
#include "core/token.h"

#include <glib/gi18n.h>

/* How long it is said what was read. */
#define WORD_MS 3000

struct _ConcCameraView
{
  AdwBin parent_instance;

  /* template */
  GtkWidget       *stage; /* with what is seen */
  GtkPicture      *picture;
  GtkWidget       *frame;
  GtkLabel        *word;
  GtkLabel        *sentence;
  GtkWidget       *again_button;
  GtkDropDown     *choice;
  GtkToggleButton *sound_button;

  /* owned */
  ConcCamera *camera;
  char       *name; /* of the camera that was chosen; empty for any */
  guint       word_id;

  /* state */
  gboolean active;
  gboolean is_filling;
};

enum
{
  PROP_ACTIVE = 1,
  PROP_AVAILABLE,
  PROP_NAME,
  PROP_SOUND,
  N_PROPS
};

enum
{
  SIGNAL_SCANNED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ConcCameraView, conc_camera_view, ADW_TYPE_BIN)

/* ----------------------------------------------------------------------- saying */

static void
forget_word (ConcCameraView *self)
{
  g_clear_handle_id (&self->word_id, g_source_remove);
  gtk_widget_remove_css_class (self->frame, "read");
  gtk_label_set_label (self->word, _ ("Hold a code into the frame"));
}

static gboolean
word_cb (gpointer user_data)
{
  ConcCameraView *self = user_data;

  self->word_id = 0;
  forget_word (self);
  return G_SOURCE_REMOVE;
}

/* The number of a bib; of any other code its text. */
static void
say_word (ConcCameraView *self, const char *text)
{
  guint            bib = conc_token_peek_bib (text);
  g_autofree char *number = bib > 0 ? g_strdup_printf ("%u", bib) : NULL;
  /* Translators: what the camera has read, such as "Read: 214". */
  g_autofree char *word = g_strdup_printf (_ ("Read: %s"), number != NULL ? number : text);

  forget_word (self);
  gtk_widget_add_css_class (self->frame, "read");
  gtk_label_set_label (self->word, word);
  self->word_id = g_timeout_add (WORD_MS, word_cb, self);
}

/* One camera needs no choice. */
static void
fill_choice (ConcCameraView *self)
{
  const char *const *names = conc_camera_get_names (self->camera);
  GtkStringList     *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->choice));
  guint              n_before = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint              chosen = 0;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], self->name) == 0)
      chosen = i;
  self->is_filling = TRUE;
  gtk_string_list_splice (list, 0, n_before, names);
  gtk_drop_down_set_selected (self->choice, chosen);
  self->is_filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->choice), g_strv_length ((char **) names) > 1);
}

static gboolean
has_other_names (ConcCameraView *self)
{
  const char *const *names = conc_camera_get_names (self->camera);
  GtkStringList     *list = GTK_STRING_LIST (gtk_drop_down_get_model (self->choice));
  guint              n_items = g_list_model_get_n_items (G_LIST_MODEL (list));

  if (g_strv_length ((char **) names) != n_items)
    return TRUE;
  for (guint i = 0; i < n_items; i++)
    if (g_strcmp0 (names[i], gtk_string_list_get_string (list, i)) != 0)
      return TRUE;
  return FALSE;
}

/* -------------------------------------------------------------------- callbacks */

static void
changed_cb (ConcCameraView *self)
{
  ConcCameraState state = conc_camera_get_state (self->camera);
  const char     *sentence = conc_camera_get_sentence (self->camera);
  GdkTexture     *texture = conc_camera_get_texture (self->camera);

  gtk_picture_set_paintable (self->picture, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
  /* An empty stage above the sentence would look like a camera that sees nothing. */
  gtk_widget_set_visible (self->stage, state != CONC_CAMERA_FAILED);
  gtk_widget_set_visible (self->frame, state == CONC_CAMERA_ON);
  gtk_widget_set_visible (GTK_WIDGET (self->word), state == CONC_CAMERA_ON);
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL);
  gtk_widget_set_visible (self->again_button,
                          state == CONC_CAMERA_FAILED && conc_camera_is_built ());
  if (has_other_names (self))
    fill_choice (self);
}

static void
scanned_cb (ConcCameraView *self, const char *text)
{
  g_autoptr (ConcCameraView) alive = g_object_ref (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  say_word (self, text);
  g_signal_emit (self, signals[SIGNAL_SCANNED], 0, text);
  if (GTK_IS_WINDOW (root))
    conc_scan_deliver (GTK_WIDGET (root), text);
}

static void
update_camera (ConcCameraView *self)
{
  if (self->active && gtk_widget_get_mapped (GTK_WIDGET (self)))
    conc_camera_start (self->camera, self->name);
  else
    {
      conc_camera_stop (self->camera);
      forget_word (self);
    }
}

static void
chosen_cb (ConcCameraView *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->choice);

  if (!self->is_filling && item != NULL)
    g_object_set (self, "camera", gtk_string_object_get_string (item), NULL);
}

static void
again_cb (ConcCameraView *self)
{
  update_camera (self);
}

static void
sound_cb (ConcCameraView *self)
{
  conc_camera_set_has_sound (self->camera, gtk_toggle_button_get_active (self->sound_button));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SOUND]);
}

/* ----------------------------------------------------------------------- object */

static void
set_name (ConcCameraView *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
  if (conc_camera_get_state (self->camera) != CONC_CAMERA_OFF)
    update_camera (self);
}

static void
conc_camera_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (conc_camera_view_parent_class)->map (widget);
  update_camera (CONC_CAMERA_VIEW (widget));
}

static void
conc_camera_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (conc_camera_view_parent_class)->unmap (widget);
  update_camera (CONC_CAMERA_VIEW (widget));
}

static void
conc_camera_view_dispose (GObject *object)
{
  ConcCameraView *self = CONC_CAMERA_VIEW (object);

  g_clear_handle_id (&self->word_id, g_source_remove);
  if (self->camera != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->camera, self);
      conc_camera_stop (self->camera);
    }
  g_clear_object (&self->camera);
  g_clear_pointer (&self->name, g_free);
  G_OBJECT_CLASS (conc_camera_view_parent_class)->dispose (object);
}

static void
conc_camera_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcCameraView *self = CONC_CAMERA_VIEW (object);

  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    case PROP_AVAILABLE:
      g_value_set_boolean (value, conc_camera_is_built ());
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SOUND:
      g_value_set_boolean (value, gtk_toggle_button_get_active (self->sound_button));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_camera_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcCameraView *self = CONC_CAMERA_VIEW (object);

  switch (id)
    {
    case PROP_ACTIVE:
      conc_camera_view_set_active (self, g_value_get_boolean (value));
      break;
    case PROP_NAME:
      set_name (self, g_value_get_string (value));
      break;
    case PROP_SOUND:
      gtk_toggle_button_set_active (self->sound_button, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  props[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  props[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_NAME] = g_param_spec_string ("camera", NULL, NULL, NULL, flags);
  props[PROP_SOUND] = g_param_spec_boolean ("sound", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
conc_camera_view_class_init (ConcCameraViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_camera_view_dispose;
  object_class->get_property = conc_camera_view_get_property;
  object_class->set_property = conc_camera_view_set_property;
  widget_class->map = conc_camera_view_map;
  widget_class->unmap = conc_camera_view_unmap;
  install_properties (object_class);
  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", CONC_TYPE_CAMERA_VIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/camera/camera-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, stage);
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, picture);
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, frame);
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, word);
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, again_button);
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, choice);
  gtk_widget_class_bind_template_child (widget_class, ConcCameraView, sound_button);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, sound_cb);
}

static void
conc_camera_view_init (ConcCameraView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->camera = conc_camera_new ();
  g_signal_connect_swapped (self->camera, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->camera, "scanned", G_CALLBACK (scanned_cb), self);
  forget_word (self);
  conc_preferences_bind_camera (G_OBJECT (self));
}

/* ------------------------------------------------------------------- public API */

gboolean
conc_camera_view_get_active (ConcCameraView *self)
{
  return self->active;
}

void
conc_camera_view_set_active (ConcCameraView *self, gboolean active)
{
  if (self->active == active)
    return;
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
  /* Mapping and unmapping turn the camera on and off. */
  gtk_widget_set_visible (GTK_WIDGET (self), active);
}
