/* display-view.c: shows the scenes one after the other and moves what changes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/display/display-view.h"

#include "app/display/display-state.h"

#include <math.h>

#define SCENE_SEC 10
#define FADE_USEC (900 * 1000)
#define MOVE_USEC (1200 * 1000)
/* Results are drawn anew this often at most, so that nothing flickers in a burst of finishers. */
#define GATHER_MSEC 200
#define MSEC_PER_SEC 1000

struct _ConcDisplayView
{
  GtkWidget parent_instance;

  /* owned */
  ConcSession     *session;
  ConcDisplayState state;
  GPtrArray       *old_rows;   /* of the board that is shown, while it moves */
  cairo_surface_t *old_screen; /* while it fades */
  GskRenderNode   *drawing;    /* of the scene without the bottom line, while nothing moves */
  char            *font_family;

  /* state */
  guint          scene;
  double         bottom_px; /* where the bottom line begins */
  gboolean       is_paused;
  gint64         fade_begin_usec;
  gint64         move_begin_usec; /* 0 when nothing moves */
  ConcSceneMoney money_from;
  ConcSceneMoney money_to;
  guint          tick_id;
  guint          scene_source;
  guint          clock_source;
  guint          gather_source;
  ConcChanged    gathered;
};

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (ConcDisplayView, conc_display_view, GTK_TYPE_WIDGET)

static gboolean
animates (ConcDisplayView *self)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &enabled,
                NULL);
  return enabled && gtk_widget_get_mapped (GTK_WIDGET (self));
}

static double
get_progress (ConcDisplayView *self, gint64 begin_usec, gint64 length_usec)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock == NULL || begin_usec == 0)
    return 1;
  return CLAMP ((double) (gdk_frame_clock_get_frame_time (clock) - begin_usec) /
                    (double) length_usec,
                0.0, 1.0);
}

static gint64
mix (gint64 from, gint64 to, double progress)
{
  return from + (gint64) llround ((double) (to - from) * progress);
}

/* The amounts on their way from what was shown to what there is. */
static void
move_money (ConcDisplayView *self, double progress)
{
  const ConcSceneMoney *from = &self->money_from;
  const ConcSceneMoney *to = &self->money_to;
  double                eased = conc_scene_ease (progress);

  self->state.money = *to;
  if (progress >= 1)
    return;
  self->state.money.raised_cents = mix (from->raised_cents, to->raised_cents, eased);
  self->state.money.matched_cents = mix (from->matched_cents, to->matched_cents, eased);
  self->state.money.pledged_cents = mix (from->pledged_cents, to->pledged_cents, eased);
  self->state.money.fresh_cents =
      MAX (0, (self->state.money.raised_cents - self->state.money.matched_cents) -
                  (from->raised_cents - from->matched_cents));
}

static void
move_everything (ConcDisplayView *self, double progress)
{
  if (CONC_SCENE_IS_BOARD (self->scene))
    conc_scene_board_move (self->state.boards[self->scene], self->old_rows, progress);
  move_money (self, progress);
}

/* What is shown has changed; the clock alone is no reason to draw the scene anew. */
static void
invalidate (ConcDisplayView *self)
{
  g_clear_pointer (&self->drawing, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
draw_everything (ConcDisplayView *self, cairo_t *cr, int width, int height)
{
  ConcCanvas canvas;

  conc_canvas_init (&canvas, cr, width, height, self->font_family);
  conc_display_state_draw_scene (&self->state, self->scene, &canvas);
  conc_scene_draw_bottom (&canvas, &self->state.frame);
}

/* The new screen fades in over the old one: what is on both stands still. */
static void
snapshot_fade (ConcDisplayView *self, GtkSnapshot *snapshot, int width, int height)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

  cairo_set_source_surface (cr, self->old_screen, 0, 0);
  cairo_paint (cr);
  cairo_push_group (cr);
  draw_everything (self, cr, width, height);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, get_progress (self, self->fade_begin_usec, FADE_USEC));
  cairo_destroy (cr);
}

static void
create_drawing (ConcDisplayView *self, int width, int height)
{
  cairo_t   *cr;
  ConcCanvas canvas;
  ConcBox    room;

  self->drawing = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, width, height));
  cr = gsk_cairo_node_get_draw_context (self->drawing);
  conc_canvas_init (&canvas, cr, width, height, self->font_family);
  conc_display_state_draw_scene (&self->state, self->scene, &canvas);
  room = conc_scene_get_room (&canvas, &self->state.frame);
  self->bottom_px = floor (room.y + room.height + canvas.unit_px / 2);
  cairo_destroy (cr);
}

/* A node of its own: once a second only this part of the screen is painted. */
static void
snapshot_bottom (ConcDisplayView *self, GtkSnapshot *snapshot, int width, int height)
{
  float      top = (float) self->bottom_px;
  cairo_t   *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, top, (float) width,
                                                                            (float) height - top));
  ConcCanvas canvas;

  conc_canvas_init (&canvas, cr, width, height, self->font_family);
  conc_scene_draw_bottom (&canvas, &self->state.frame);
  cairo_destroy (cr);
}

static void
conc_display_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ConcDisplayView *self = CONC_DISPLAY_VIEW (widget);
  int              width = gtk_widget_get_width (widget);
  int              height = gtk_widget_get_height (widget);

  if (width <= 0 || height <= 0)
    return;
  if (self->old_screen != NULL)
    {
      snapshot_fade (self, snapshot, width, height);
      return;
    }
  if (self->drawing == NULL)
    create_drawing (self, width, height);
  gtk_snapshot_append_node (snapshot, self->drawing);
  snapshot_bottom (self, snapshot, width, height);
}

static void
conc_display_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  invalidate (CONC_DISPLAY_VIEW (widget));
}

static void
end_fade (ConcDisplayView *self)
{
  g_clear_pointer (&self->old_screen, cairo_surface_destroy);
}

/* What was new stays in the accent's color until the board is shown again. */
static void
end_move (ConcDisplayView *self)
{
  self->move_begin_usec = 0;
  move_everything (self, 1);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  ConcDisplayView *self = CONC_DISPLAY_VIEW (widget);
  double           move = get_progress (self, self->move_begin_usec, MOVE_USEC);

  if (self->move_begin_usec != 0)
    {
      if (move < 1)
        move_everything (self, move);
      else
        end_move (self);
    }
  if (self->old_screen != NULL && get_progress (self, self->fade_begin_usec, FADE_USEC) >= 1)
    end_fade (self);
  invalidate (self);
  if (self->move_begin_usec != 0 || self->old_screen != NULL)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static gint64
begin_animation (ConcDisplayView *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  return gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
}

static void
update_label (ConcDisplayView *self)
{
  g_autofree char *text = conc_display_state_dup_text (&self->state, self->scene);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
keep_old_screen (ConcDisplayView *self)
{
  int      width = gtk_widget_get_width (GTK_WIDGET (self));
  int      height = gtk_widget_get_height (GTK_WIDGET (self));
  int      scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_t *cr;

  end_fade (self);
  if (!animates (self) || width <= 0 || height <= 0)
    return;
  self->old_screen = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * scale, height * scale);
  cairo_surface_set_device_scale (self->old_screen, scale, scale);
  cr = cairo_create (self->old_screen);
  draw_everything (self, cr, width, height);
  cairo_destroy (cr);
  self->fade_begin_usec = begin_animation (self);
}

static void
show_scene (ConcDisplayView *self, int direction)
{
  end_move (self);
  keep_old_screen (self);
  self->scene = conc_display_state_step (&self->state, self->scene, direction);
  g_clear_pointer (&self->old_rows, g_ptr_array_unref);
  end_move (self);
  update_label (self);
  invalidate (self);
}

static gboolean
scene_cb (gpointer user_data)
{
  show_scene (user_data, 1);
  return G_SOURCE_CONTINUE;
}

static void
schedule_scene (ConcDisplayView *self)
{
  g_clear_handle_id (&self->scene_source, g_source_remove);
  if (!self->is_paused && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->scene_source = g_timeout_add_seconds (SCENE_SEC, scene_cb, self);
}

static gboolean
clock_cb (gpointer user_data)
{
  ConcDisplayView *self = user_data;
  g_autofree char *before = g_strdup (self->state.frame.clock);
  gint64           now_usec;

  self->clock_source = 0;
  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  conc_display_state_read_frame (&self->state, self->session);
  /* A longer clock may leave less room for the scene. */
  if (strlen (before) != strlen (self->state.frame.clock))
    invalidate (self);
  else if (!g_str_equal (before, self->state.frame.clock))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  now_usec = conc_clock_get_wall_usec (conc_session_get_race_clock (self->session));
  if (conc_session_get_counts (self->session)->first_gun_usec >= 0)
    now_usec -= conc_session_get_counts (self->session)->first_gun_usec;
  now_usec = ((now_usec % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  self->clock_source =
      g_timeout_add ((guint) ((G_USEC_PER_SEC - now_usec) / MSEC_PER_SEC + 1), clock_cb, self);
  return G_SOURCE_REMOVE;
}

static void
take_boards (ConcDisplayView *self)
{
  g_autoptr (GPtrArray) old = NULL;
  guint changed;

  if (CONC_SCENE_IS_BOARD (self->scene))
    old = g_ptr_array_ref (self->state.boards[self->scene]->rows);
  changed = conc_display_state_read_boards (&self->state, self->session);
  if (!CONC_SCENE_IS_BOARD (self->scene) || (changed & (1u << self->scene)) == 0)
    return;
  g_clear_pointer (&self->old_rows, g_ptr_array_unref);
  self->old_rows = g_steal_pointer (&old);
  if (animates (self))
    self->move_begin_usec = begin_animation (self);
  conc_scene_board_move (self->state.boards[self->scene], self->old_rows,
                         self->move_begin_usec != 0 ? 0 : 1);
}

static void
take_money (ConcDisplayView *self)
{
  self->money_from = self->state.money;
  conc_display_state_read_money (&self->state, self->session);
  self->money_to = self->state.money;
  if (self->scene != CONC_SCENE_MONEY || !animates (self) ||
      self->money_from.goal_cents != self->money_to.goal_cents)
    return;
  self->move_begin_usec = begin_animation (self);
  move_money (self, 0);
}

static gboolean
gather_cb (gpointer user_data)
{
  ConcDisplayView *self = user_data;
  ConcChanged      what = self->gathered;

  self->gather_source = 0;
  self->gathered = 0;
  end_move (self);
  if ((what & (CONC_CHANGED_TIMING | CONC_CHANGED_RUNNERS | CONC_CHANGED_SETTINGS)) != 0)
    take_boards (self);
  if ((what & (CONC_CHANGED_MONEY | CONC_CHANGED_SETTINGS)) != 0)
    take_money (self);
  conc_display_state_read_frame (&self->state, self->session);
  if (!conc_display_state_has_scene (&self->state, self->scene))
    show_scene (self, 1);
  update_label (self);
  invalidate (self);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (ConcSession *session, guint what, char **subjects, ConcDisplayView *self)
{
  self->gathered |= what;
  if (self->gather_source == 0)
    self->gather_source = g_timeout_add (GATHER_MSEC, gather_cb, self);
}

static void
set_session (ConcDisplayView *self, ConcSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->gather_source, g_source_remove);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect (session, "changed", G_CALLBACK (session_changed_cb), self);
  conc_display_state_read_frame (&self->state, session);
  conc_display_state_read_boards (&self->state, session);
  conc_display_state_read_money (&self->state, session);
  self->money_from = self->money_to = self->state.money;
  update_label (self);
  invalidate (self);
}

static void
update_font (ConcDisplayView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  g_free (self->font_family);
  self->font_family =
      g_strdup (pango_font_description_get_family (pango_context_get_font_description (context)));
}

static void
conc_display_view_map (GtkWidget *widget)
{
  ConcDisplayView *self = CONC_DISPLAY_VIEW (widget);

  GTK_WIDGET_CLASS (conc_display_view_parent_class)->map (widget);
  update_font (self);
  invalidate (self);
  schedule_scene (self);
  clock_cb (self);
}

static void
conc_display_view_unmap (GtkWidget *widget)
{
  ConcDisplayView *self = CONC_DISPLAY_VIEW (widget);

  g_clear_handle_id (&self->scene_source, g_source_remove);
  g_clear_handle_id (&self->clock_source, g_source_remove);
  end_fade (self);
  end_move (self);
  GTK_WIDGET_CLASS (conc_display_view_parent_class)->unmap (widget);
}

static void
conc_display_view_dispose (GObject *object)
{
  ConcDisplayView *self = CONC_DISPLAY_VIEW (object);

  g_clear_handle_id (&self->scene_source, g_source_remove);
  g_clear_handle_id (&self->clock_source, g_source_remove);
  set_session (self, NULL);
  g_clear_pointer (&self->old_rows, g_ptr_array_unref);
  g_clear_pointer (&self->drawing, gsk_render_node_unref);
  end_fade (self);
  G_OBJECT_CLASS (conc_display_view_parent_class)->dispose (object);
}

static void
conc_display_view_finalize (GObject *object)
{
  ConcDisplayView *self = CONC_DISPLAY_VIEW (object);

  conc_display_state_clear (&self->state);
  g_free (self->font_family);
  G_OBJECT_CLASS (conc_display_view_parent_class)->finalize (object);
}

static void
conc_display_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_DISPLAY_VIEW (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_display_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    set_session (CONC_DISPLAY_VIEW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_display_view_class_init (ConcDisplayViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = conc_display_view_dispose;
  object_class->finalize = conc_display_view_finalize;
  object_class->get_property = conc_display_view_get_property;
  object_class->set_property = conc_display_view_set_property;
  widget_class->snapshot = conc_display_view_snapshot;
  widget_class->size_allocate = conc_display_view_size_allocate;
  widget_class->map = conc_display_view_map;
  widget_class->unmap = conc_display_view_unmap;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
conc_display_view_init (ConcDisplayView *self)
{
  conc_display_state_init (&self->state);
  self->money_to = self->state.money;
  update_label (self);
}

/* The next scene, or with -1 the one before. The rotation begins its time anew. */
void
conc_display_view_step (ConcDisplayView *self, int direction)
{
  show_scene (self, direction);
  schedule_scene (self);
}

void
conc_display_view_set_paused (ConcDisplayView *self, gboolean paused)
{
  self->is_paused = paused;
  schedule_scene (self);
}

gboolean
conc_display_view_get_paused (ConcDisplayView *self)
{
  return self->is_paused;
}
