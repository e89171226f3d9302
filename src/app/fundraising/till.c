/* till.c: where a gift is entered: amount, method, Enter. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/fundraising/till.h"

#include "core/money.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ConcTill
{
  GtkWidget parent_instance;

  /* template */
  GtkEntry        *amount_entry;
  GtkLabel        *sentence;
  GtkToggleButton *methods[CONC_N_METHODS];
  GtkEntry        *donor_entry;
  GtkCheckButton  *anonymous_check;
  GtkDropDown     *beneficiary_drop;
  GtkButton       *record_button;
  GtkLabel        *last_label;
  GtkWidget       *last_undo;

  /* owned */
  ConcSession *session;
  char        *last_fact;
  GQueue       saving; /* of ConcGift, not yet on disk */
};

G_DEFINE_FINAL_TYPE (ConcTill, conc_till, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The letters on the keys, the same in every language because they are where the hand is used to
 * find them. */
static const char letters[CONC_N_METHODS] = {
  [CONC_METHOD_CASH] = 'c',   [CONC_METHOD_CHECK] = 'k',  [CONC_METHOD_CARD] = 'd',
  [CONC_METHOD_ONLINE] = 'o', [CONC_METHOD_PLEDGE] = 'p', [CONC_METHOD_MATCH] = 'm',
};

static void
say (ConcTill *self, const char *sentence, gboolean is_error)
{
  gtk_label_set_text (self->sentence, sentence);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->amount_entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_error ? GTK_ACCESSIBLE_INVALID_TRUE
                                        : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static ConcMethod
get_method (ConcTill *self)
{
  for (ConcMethod method = 0; method < CONC_N_METHODS; method++)
    if (gtk_toggle_button_get_active (self->methods[method]))
      return method;
  return CONC_METHOD_CASH;
}

static gboolean
is_empty (ConcTill *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->amount_entry)) == '\0';
}

/* The button says what Enter would do, so that a wrong figure is seen before it is recorded. */
static void
update_button (ConcTill *self)
{
  const char      *typed = gtk_editable_get_text (GTK_EDITABLE (self->amount_entry));
  gint64           cents;
  g_autofree char *money = NULL;
  g_autofree char *label = NULL;

  if (conc_money_parse (typed, &cents, NULL) && cents > 0)
    {
      money = conc_money_format (cents);
      /* Translators: an amount and a method: "Record $25.00, Cash". */
      label =
          g_strdup_printf (_ ("_Record %s, %s"), money, conc_method_get_title (get_method (self)));
    }
  gtk_button_set_label (self->record_button, label != NULL ? label : _ ("_Record"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "till.record", !is_empty (self));
}

static void
amount_changed_cb (ConcTill *self)
{
  say (self, _ ("Type the amount, then Enter."), FALSE);
  update_button (self);
}

static void
activated_cb (ConcTill *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "till.record", NULL);
}

static void
method_toggled_cb (ConcTill *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    update_button (self);
}

static void
clear (ConcTill *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->amount_entry), "");
  gtk_editable_set_text (GTK_EDITABLE (self->donor_entry), "");
  gtk_check_button_set_active (self->anonymous_check, FALSE);
  gtk_drop_down_set_selected (self->beneficiary_drop, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount_entry));
}

static char *
dup_recorded_sentence (const ConcGift *gift)
{
  g_autofree char *money = conc_money_format (gift->amount_cents);
  const char      *method = conc_method_get_title (gift->method);

  if (gift->from != NULL)
    return g_strdup_printf (_ ("Recorded: %s, %s, %s"), money, method, gift->from);
  return g_strdup_printf (_ ("Recorded: %s, %s"), money, method);
}

static void
show_last (ConcTill *self, const char *sentence, char *take_fact)
{
  g_free (self->last_fact);
  self->last_fact = take_fact;
  gtk_label_set_text (self->last_label, sentence);
  gtk_widget_set_visible (self->last_undo, take_fact != NULL);
}

/* What was typed comes back when it could not be saved, unless the next gift is being typed. */
static void
bring_back (ConcTill *self, const ConcGift *gift, const char *sentence)
{
  if (is_empty (self))
    {
      g_autofree char *amount = conc_money_to_decimal (gift->amount_cents);

      gtk_editable_set_text (GTK_EDITABLE (self->amount_entry), amount);
      gtk_editable_set_text (GTK_EDITABLE (self->donor_entry),
                             gift->from != NULL ? gift->from : "");
      gtk_check_button_set_active (self->anonymous_check, gift->is_anonymous);
      gtk_toggle_button_set_active (self->methods[gift->method], TRUE);
      gtk_editable_set_position (GTK_EDITABLE (self->amount_entry), -1);
    }
  say (self, sentence, TRUE);
}

/* Gifts are answered in the order in which they were entered. */
static void
recorded_cb (ConcSession *session, ConcReceipt *receipt, const GError *error, gpointer user_data)
{
  ConcTill *self = CONC_TILL (user_data);
  g_autoptr (ConcGift) gift = g_queue_pop_head (&self->saving);

  if (self->session == NULL)
    return;
  if (receipt != NULL)
    {
      g_autofree char *sentence = dup_recorded_sentence (gift);

      show_last (self, sentence, conc_fact_id_to_text (&receipt->fact));
    }
  else
    bring_back (self, gift, error->message);
}

static ConcGift *
gift_new (ConcTill *self, gint64 cents)
{
  ConcGift        *gift = conc_gift_new ();
  g_autofree char *donor =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->donor_entry))));
  GtkStringObject *beneficiary = gtk_drop_down_get_selected_item (self->beneficiary_drop);

  gift->amount_cents = cents;
  gift->method = get_method (self);
  gift->from = *donor != '\0' ? g_steal_pointer (&donor) : NULL;
  gift->is_anonymous = gtk_check_button_get_active (self->anonymous_check);
  if (beneficiary != NULL && gtk_drop_down_get_selected (self->beneficiary_drop) > 0)
    gift->beneficiary = g_strdup (gtk_string_object_get_string (beneficiary));
  gift->at_usec = conc_clock_get_wall_usec (conc_session_get_clock (self->session));
  return gift;
}

static void
record_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcTill    *self = CONC_TILL (widget);
  const char  *typed = gtk_editable_get_text (GTK_EDITABLE (self->amount_entry));
  ConcCommand *command;
  gint64       cents;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (!conc_money_parse (typed, &cents, &error) || cents == 0)
    {
      say (self, error != NULL ? error->message : _ ("A gift is more than nothing."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->amount_entry));
      return;
    }
  command = conc_command_new (CONC_COMMAND_GIFT, conc_session_get_clock (self->session));
  command->gift = gift_new (self, cents);
  g_queue_push_tail (&self->saving, conc_gift_copy (command->gift));
  conc_session_submit (self->session, command, recorded_cb, self);
  clear (self);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ConcTill *self = CONC_TILL (widget);

  if (self->last_fact == NULL)
    return;
  conc_session_undo (self->session, self->last_fact);
  show_last (self, _ ("Taken back."), NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->amount_entry));
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  clear (CONC_TILL (widget));
}

static void
update_beneficiaries (ConcTill *self)
{
  g_autoptr (GPtrArray) list =
      conc_settings_dup_beneficiaries (conc_session_get_settings (self->session));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Shared by all"));
  for (guint i = 0; i < list->len; i++)
    gtk_string_list_append (names, ((ConcBeneficiary *) list->pdata[i])->name);
  gtk_drop_down_set_model (self->beneficiary_drop, G_LIST_MODEL (names));
}

static void
session_changed_cb (ConcTill *self, guint what)
{
  if ((what & CONC_CHANGED_SETTINGS) != 0)
    update_beneficiaries (self);
}

static gboolean
conc_till_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CONC_TILL (widget)->amount_entry));
}

static void
set_session (ConcTill *self, ConcSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  show_last (self, "", NULL);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_beneficiaries (self);
}

static void
conc_till_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, CONC_TILL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
conc_till_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ConcTill *self = CONC_TILL (object);

  if (id != PROP_SESSION)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (self->session != g_value_get_object (value))
    {
      set_session (self, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
conc_till_dispose (GObject *object)
{
  ConcTill  *self = CONC_TILL (object);
  GtkWidget *child;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CONC_TYPE_TILL);
  child = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&child, gtk_widget_unparent);
  G_OBJECT_CLASS (conc_till_parent_class)->dispose (object);
}

static void
conc_till_finalize (GObject *object)
{
  ConcTill *self = CONC_TILL (object);

  g_queue_clear_full (&self->saving, (GDestroyNotify) conc_gift_free);
  g_free (self->last_fact);
  G_OBJECT_CLASS (conc_till_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/notinourcity/Concourse/fundraising/till.ui");
  gtk_widget_class_bind_template_child (widget_class, ConcTill, amount_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcTill, sentence);
  gtk_widget_class_bind_template_child (widget_class, ConcTill, donor_entry);
  gtk_widget_class_bind_template_child (widget_class, ConcTill, anonymous_check);
  gtk_widget_class_bind_template_child (widget_class, ConcTill, beneficiary_drop);
  gtk_widget_class_bind_template_child (widget_class, ConcTill, record_button);
  gtk_widget_class_bind_template_child (widget_class, ConcTill, last_label);
  gtk_widget_class_bind_template_child (widget_class, ConcTill, last_undo);
  for (ConcMethod method = 0; method < CONC_N_METHODS; method++)
    gtk_widget_class_bind_template_child_full (widget_class, conc_method_to_text (method), FALSE,
                                               G_STRUCT_OFFSET (ConcTill, methods) +
                                                   (gssize) (method * sizeof (GtkToggleButton *)));
  gtk_widget_class_bind_template_callback (widget_class, amount_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, method_toggled_cb);
}

static void
conc_till_class_init (ConcTillClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = conc_till_get_property;
  object_class->set_property = conc_till_set_property;
  object_class->dispose = conc_till_dispose;
  object_class->finalize = conc_till_finalize;
  widget_class->grab_focus = conc_till_grab_focus;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, CONC_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "till.record", NULL, record_action);
  gtk_widget_class_install_action (widget_class, "till.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "till.clear", NULL, clear_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "till.clear", NULL);
}

static void
conc_till_init (ConcTill *self)
{
  g_queue_init (&self->saving);
  gtk_widget_init_template (GTK_WIDGET (self));
  amount_changed_cb (self);
}

static gboolean
choose_by_letter (ConcTill *self, guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (gdk_keyval_to_lower (keyval));

  for (ConcMethod method = 0; method < CONC_N_METHODS; method++)
    if (letter == (gunichar) letters[method])
      {
        gtk_toggle_button_set_active (self->methods[method], TRUE);
        return TRUE;
      }
  if (letter == 'n')
    return gtk_widget_grab_focus (GTK_WIDGET (self->donor_entry));
  if (letter == 'a')
    {
      gtk_check_button_set_active (self->anonymous_check,
                                   !gtk_check_button_get_active (self->anonymous_check));
      return TRUE;
    }
  return FALSE;
}

static gboolean
belongs_to_amount (guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  return (letter < 128 && letter != 0 && strchr ("0123456789.,$", (char) letter) != NULL) ||
         keyval == GDK_KEY_BackSpace;
}

/* Whether @focus is where a donor's name is typed: letters are letters there. */
gboolean
conc_till_is_naming (ConcTill *self, GtkWidget *focus)
{
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->donor_entry));
}

/* A key that was pressed somewhere on the page, outside of other entries. Returns whether it was
 * one for the till: a letter of a method, a figure, or Enter. */
gboolean
conc_till_handle_key (ConcTill              *self,
                      GtkEventControllerKey *keys,
                      guint                  keyval,
                      GdkModifierType        state)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->amount_entry)));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (choose_by_letter (self, keyval))
    return TRUE;
  if (gtk_widget_has_focus (text) || !belongs_to_amount (keyval))
    return FALSE;
  gtk_entry_grab_focus_without_selecting (self->amount_entry);
  gtk_editable_set_position (GTK_EDITABLE (self->amount_entry), -1);
  return gtk_event_controller_key_forward (keys, text);
}
