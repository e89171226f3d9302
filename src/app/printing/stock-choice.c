/* stock-choice.c: a row in which sheets or a roll are chosen, the user's own among them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/printing/stock-choice.h"

#define DEFAULT_STOCK "avery-5163"

struct _ConcStockChoice
{
  AdwComboRow parent_instance;

  /* owned */
  GtkStringList *titles;
  GPtrArray     *stocks; /* of ConcStock */
};

G_DEFINE_FINAL_TYPE (ConcStockChoice, conc_stock_choice, ADW_TYPE_COMBO_ROW)

static void
conc_stock_choice_finalize (GObject *object)
{
  ConcStockChoice *self = CONC_STOCK_CHOICE (object);

  g_clear_object (&self->titles);
  g_clear_pointer (&self->stocks, g_ptr_array_unref);
  G_OBJECT_CLASS (conc_stock_choice_parent_class)->finalize (object);
}

static void
conc_stock_choice_class_init (ConcStockChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = conc_stock_choice_finalize;
}

static void
load (ConcStockChoice *self)
{
  g_clear_pointer (&self->stocks, g_ptr_array_unref);
  self->stocks = conc_stock_list ();
  gtk_string_list_splice (self->titles, 0, g_list_model_get_n_items (G_LIST_MODEL (self->titles)),
                          NULL);
  for (guint i = 0; i < self->stocks->len; i++)
    gtk_string_list_append (self->titles, ((ConcStock *) self->stocks->pdata[i])->title);
}

static void
conc_stock_choice_init (ConcStockChoice *self)
{
  self->titles = gtk_string_list_new (NULL);
  load (self);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->titles));
  conc_stock_choice_set_name (self, NULL);
}

/* Returns: (transfer none) (nullable): the stock, until the next reload. */
const ConcStock *
conc_stock_choice_get (ConcStockChoice *self)
{
  guint i = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return i < self->stocks->len ? g_ptr_array_index (self->stocks, i) : NULL;
}

/* Returns: (transfer none) (element-type ConcStock): all that can be chosen. */
GPtrArray *
conc_stock_choice_get_all (ConcStockChoice *self)
{
  return self->stocks;
}

const char *
conc_stock_choice_get_name (ConcStockChoice *self)
{
  const ConcStock *stock = conc_stock_choice_get (self);

  return stock != NULL ? stock->name : NULL;
}

/* @name: NULL or one that is not there chooses the usual sheets. */
void
conc_stock_choice_set_name (ConcStockChoice *self, const char *name)
{
  guint chosen = 0;

  for (guint i = 0; i < self->stocks->len; i++)
    {
      const ConcStock *stock = g_ptr_array_index (self->stocks, i);

      if (g_strcmp0 (stock->name, name) == 0)
        {
          chosen = i;
          break;
        }
      if (g_str_equal (stock->name, DEFAULT_STOCK))
        chosen = i;
    }
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), chosen);
}

/* Reads the list anew; whichever was chosen stays so if it is still there. */
void
conc_stock_choice_reload (ConcStockChoice *self)
{
  g_autofree char *name = g_strdup (conc_stock_choice_get_name (self));

  load (self);
  conc_stock_choice_set_name (self, name);
}
