/* fundraising-page.c: the till, the goal, and where the money goes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/fundraising/fundraising-page.h"

#include "app/fundraising/money-row.h"
#include "app/fundraising/thermometer.h"
#include "app/fundraising/till.h"
#include "app/fundraising/tube-swatch.h"
#include "core/money.h"

#include <glib/gi18n.h>

#define LATEST_LIMIT 100u

struct _ConcFundraisingPage
{
  GtkWidget parent_instance;

  /* template */
  ConcTill        *till;
  ConcThermometer *thermometer;
  GtkLabel        *raised_label;
  GtkLabel        *goal_label;
  GtkLabel        *received_label;
  GtkLabel        *matched_label;
  GtkLabel        *pledged_label;
  GtkListView     *methods_view;
  GtkListView     *shares_view;
  GtkStack        *latest_stack;
  GtkListView     *latest_view;

  /* owned */
  ConcSession        *session;
  GListStore         *methods;
  GListStore         *shares;
  GListStore         *latest;
  GtkEventController *keys; /* on the window while the page is shown */
};

G_DEFINE_FINAL_TYPE (ConcFundraisingPage, conc_fundraising_page, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_money (GtkLabel *label, gint64 cents)
{
  g_autofree char *text = conc_money_format (cents);

  gtk_label_set_text (label, text);
}

static void
replace_rows (GListStore *store, GPtrArray *rows)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)), rows->pdata,
                       rows->len);
}

static void
update_goal (ConcFundraisingPage *self, const ConcCounts *counts)
{
  ConcSettings    *settings = conc_session_get_settings (self->session);
  ConcSceneMoney   money = { .goal_cents = conc_settings_get_goal_cents (settings),
                             .raised_cents = counts->raised_cents,
                             .matched_cents = counts->matched_cents,
                             .pledged_cents = counts->pledged_cents };
  int              percent = conc_tube_get_percent (&money);
  g_autofree char *raised = conc_money_format_short (counts->raised_cents);
  g_autofree char *goal = conc_money_format_short (money.goal_cents);
  g_autofree char *sentence = NULL;

  if (percent < 0)
    sentence = g_strdup (_ ("raised. No goal is set yet: Setup has it."));
  else
    /* Translators: the goal and how much of it was raised: "raised, 43 % of $50,000". */
    sentence = g_strdup_printf (_ ("raised, %d %% of %s"), percent, goal);
  gtk_label_set_text (self->raised_label, raised);
  gtk_label_set_text (self->goal_label, sentence);
  conc_thermometer_set_money (self->thermometer, &money);
  set_money (self->received_label, counts->raised_cents - counts->matched_cents);
  set_money (self->matched_label, counts->matched_cents);
  set_money (self->pledged_label, counts->pledged_cents);
}

static void
update_methods (ConcFundraisingPage *self, const ConcCounts *counts)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (ConcMethod method = 0; method < CONC_N_METHODS; method++)
    g_ptr_array_add (rows, conc_money_row_new (conc_method_get_title (method), NULL,
                                               counts->by_method_cents[method]));
  replace_rows (self->methods, rows);
}

static void
update_shares (ConcFundraisingPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) shares =
      conc_reader_allocate (conc_session_get_reader (self->session), &error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; shares != NULL && i < shares->len; i++)
    {
      const ConcAllocation *share = shares->pdata[i];
      g_autofree char      *percent = g_strdup_printf (_ ("%u %%"), share->percent);

      g_ptr_array_add (rows, conc_money_row_new (share->name, percent, share->total_cents));
    }
  replace_rows (self->shares, rows);
  if (error != NULL)
    conc_session_fail (self->session, error->message);
}

static int
compare_gifts (gconstpointer a, gconstpointer b)
{
  const ConcGift *first = *(ConcGift *const *) a;
  const ConcGift *second = *(ConcGift *const *) b;

  return first->at_usec < second->at_usec ? 1 : first->at_usec > second->at_usec ? -1 : 0;
}

static void
update_latest (ConcFundraisingPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) gifts =
      conc_reader_list_gifts (conc_session_get_reader (self->session), LATEST_LIMIT, &error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now_usec = conc_clock_get_wall_usec (conc_session_get_clock (self->session));

  if (gifts != NULL)
    g_ptr_array_sort (gifts, compare_gifts);
  for (guint i = 0; gifts != NULL && i < gifts->len; i++)
    g_ptr_array_add (rows, conc_money_row_new_gift (gifts->pdata[i], now_usec,
                                                    conc_session_get_zone (self->session)));
  replace_rows (self->latest, rows);
  gtk_stack_set_visible_child_name (self->latest_stack, rows->len > 0 ? "list" : "empty");
  if (error != NULL)
    conc_session_fail (self->session, error->message);
}

static void
update (ConcFundraisingPage *self)
{
  const ConcCounts *counts;

  if (self->session == NULL)
    return;
  counts = conc_session_get_counts (self->session);
  update_goal (self, counts);
  update_methods (self, counts);
  update_shares (self);
  update_latest (self);
}

static void
session_changed_cb (ConcFundraisingPage *self, guint what)
{
  if ((what & (CONC_CHANGED_MONEY | CONC_CHANGED_SETTINGS)) != 0 &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
undo_gift_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcFundraisingPage *self = CONC_FUNDRAISING_PAGE (widget);

  conc_session_undo (self->session, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (self->till));
}

/* Somewhere a word can be typed, or a list of choices is open. */
static gboolean
is_busy (ConcFundraisingPage *self, GtkWidget *focus)
{
  if (focus == NULL)
    return FALSE;
  if (gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    return TRUE;
  return GTK_IS_EDITABLE (focus) && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                ConcFundraisingPage   *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (is_busy (self, focus) || conc_till_is_naming (self->till, focus))
    return GDK_EVENT_PROPAGATE;
  return conc_till_handle_key (self->till, keys, keyval, state);
}

/* Keys work wherever the focus is, as long as the page is the one that is shown. */
static void
conc_fundraising_page_map (GtkWidget *widget)
{
  ConcFundraisingPage *self = CONC_FUNDRAISING_PAGE (widget);

  update (self);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
  GTK_WIDGET_CLASS (conc_fundraising_page_parent_class)->map (widget);
}

static void
conc_fundraising_page_unmap (GtkWidget *widget)
{
  ConcFundraisingPage *self = CONC_FUNDRAISING_PAGE (widget);

  if (self->keys != NULL)
    gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
  self->keys = NULL;
  GTK_WIDGET_CLASS (conc_fundraising_page_parent_class)->unmap (widget);
}

static gboolean
conc_fundraising_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_FUNDRAISING_PAGE (widget)->till));
}

static void
set_session (ConcFundraisingPage *self, ConcSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
conc_fundraising_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_FUNDRAISING_PAGE (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_fundraising_page_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  ConcFundraisingPage *self = CONC_FUNDRAISING_PAGE (object);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (self->session != g_value_get_object (value))
    {
      set_session (self, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
conc_fundraising_page_dispose (GObject *object)
{
  ConcFundraisingPage *self = CONC_FUNDRAISING_PAGE (object);
  GtkWidget           *child;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->methods);
  g_clear_object (&self->shares);
  g_clear_object (&self->latest);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_FUNDRAISING_PAGE);
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (conc_fundraising_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/notinourcity/Concourse/fundraising/fundraising-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, till);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, thermometer);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, raised_label);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, goal_label);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, received_label);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, matched_label);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, pledged_label);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, methods_view);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, shares_view);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, latest_stack);
  gtk_widget_class_bind_template_child (widget_class, ConcFundraisingPage, latest_view);
}

static void
conc_fundraising_page_class_init (ConcFundraisingPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_fundraising_page_get_property;
  object_class->set_property = conc_fundraising_page_set_property;
  object_class->dispose = conc_fundraising_page_dispose;
  widget_class->map = conc_fundraising_page_map;
  widget_class->unmap = conc_fundraising_page_unmap;
  widget_class->grab_focus = conc_fundraising_page_grab_focus;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (CONC_TYPE_TILL);
  g_type_ensure (CONC_TYPE_THERMOMETER);
  g_type_ensure (CONC_TYPE_MONEY_ROW);
  g_type_ensure (CONC_TYPE_TUBE_SWATCH);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "gifts.undo", "s", undo_gift_action);
}

static GListStore *
show_rows (GtkListView *view)
{
  GListStore *rows = g_list_store_new (CONC_TYPE_MONEY_ROW);
  g_autoptr (GtkSelectionModel) model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (rows))));

  gtk_list_view_set_model (view, model);
  return rows;
}

static void
conc_fundraising_page_init (ConcFundraisingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->methods = show_rows (self->methods_view);
  self->shares = show_rows (self->shares_view);
  self->latest = show_rows (self->latest_view);
}
