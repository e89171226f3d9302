/* money-row.c: a name and an amount as a row of a list; a gift can be taken back. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/fundraising/money-row.h"

#include "core/money.h"
#include "core/race-time.h"

#include <glib/gi18n.h>

struct _ConcMoneyRow
{
  GObject parent_instance;

  char *title;
  char *detail;
  char *amount;
  char *fact;
};

G_DEFINE_FINAL_TYPE (ConcMoneyRow, conc_money_row, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_DETAIL,
  PROP_AMOUNT,
  PROP_TARGET,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
conc_money_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcMoneyRow *self = CONC_MONEY_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_AMOUNT:
      g_value_set_string (value, self->amount);
      break;
    case PROP_TARGET:
      if (self->fact != NULL)
        g_value_set_variant (value, g_variant_new_string (self->fact));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_money_row_finalize (GObject *object)
{
  ConcMoneyRow *self = CONC_MONEY_ROW (object);

  g_free (self->title);
  g_free (self->detail);
  g_free (self->amount);
  g_free (self->fact);
  G_OBJECT_CLASS (conc_money_row_parent_class)->finalize (object);
}

static void
conc_money_row_class_init (ConcMoneyRowClass *klass)
{
  static const char *const names[] = { NULL, "title", "detail", "amount" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);
  GParamFlags              flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = conc_money_row_get_property;
  object_class->finalize = conc_money_row_finalize;
  for (guint id = PROP_TITLE; id <= PROP_AMOUNT; id++)
    properties[id] = g_param_spec_string (names[id], NULL, NULL, NULL, flags);
  properties[PROP_TARGET] =
      g_param_spec_variant ("target", NULL, NULL, G_VARIANT_TYPE_STRING, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
conc_money_row_init (ConcMoneyRow *self)
{
}

ConcMoneyRow *
conc_money_row_new (const char *title, const char *detail, gint64 cents)
{
  ConcMoneyRow *self = g_object_new (CONC_TYPE_MONEY_ROW, NULL);

  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  self->amount = conc_money_format (cents);
  return self;
}

/* The crew sees who gave, also anonymously: the receipt needs it. */
static char *
dup_donor (const ConcGift *gift)
{
  if (gift->from == NULL)
    return g_strdup (_ ("Anonymous"));
  return g_strdup (gift->from);
}

/* The time of day, or the day when it is another one than @now_usec is on: gifts come in for weeks
 * before a race. */
static char *
dup_when (gint64 at_usec, gint64 now_usec, GTimeZone *zone)
{
  g_autoptr (GDateTime) at_utc = g_date_time_new_from_unix_utc (at_usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc (now_usec / G_USEC_PER_SEC);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (at_utc, zone);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (now_utc, zone);

  if (g_date_time_get_year (at) != g_date_time_get_year (now))
    return g_date_time_format (at, "%-d %B %Y");
  if (g_date_time_get_day_of_year (at) != g_date_time_get_day_of_year (now))
    return g_date_time_format (at, "%-d %B");
  return g_date_time_format (at, "%H:%M");
}

static char *
dup_gift_detail (const ConcGift *gift, gint64 now_usec, GTimeZone *zone)
{
  GString *out = g_string_new (conc_method_get_title (gift->method));

  if (gift->at_usec != CONC_NO_TIME)
    {
      g_autofree char *when = dup_when (gift->at_usec, now_usec, zone);
      g_string_append_printf (out, " · %s", when);
    }
  if (gift->is_anonymous && gift->from != NULL)
    g_string_append_printf (out, " · %s", _ ("anonymous in public"));
  if (gift->beneficiary != NULL)
    g_string_append_printf (out, " · %s", gift->beneficiary);
  return g_string_free (out, FALSE);
}

ConcMoneyRow *
conc_money_row_new_gift (const ConcGift *gift, gint64 now_usec, GTimeZone *zone)
{
  ConcMoneyRow *self = g_object_new (CONC_TYPE_MONEY_ROW, NULL);

  self->title = dup_donor (gift);
  self->detail = dup_gift_detail (gift, now_usec, zone);
  self->amount = conc_money_format (gift->amount_cents);
  self->fact = g_strdup (gift->fact);
  return self;
}
