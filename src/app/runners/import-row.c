/* import-row.c: a line of a file that is worth a look before it is imported. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/runners/import-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ConcImportRow
{
  GObject parent_instance;

  guint             line;
  ConcImportOutcome outcome;
  char             *name;
  char             *sentence;
};

G_DEFINE_FINAL_TYPE (ConcImportRow, conc_import_row, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LINE,
  PROP_OUTCOME,
  PROP_NAME,
  PROP_SENTENCE,
  PROP_IS_NAMED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* An empty line or a repeated header is nobody: it is neither imported nor refused. */
static const char *
get_outcome (ConcImportRow *self)
{
  if (self->outcome == CONC_IMPORT_UNCHANGED && self->name == NULL)
    return _ ("Left out");
  return conc_import_outcome_get_title (self->outcome);
}

static void
conc_import_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ConcImportRow *self = CONC_IMPORT_ROW (object);

  switch (id)
    {
    case PROP_LINE:
      g_value_take_string (value, g_strdup_printf (_ ("Line %u"), self->line));
      break;
    case PROP_OUTCOME:
      g_value_set_string (value, get_outcome (self));
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    case PROP_IS_NAMED:
      g_value_set_boolean (value, self->name != NULL && *self->name != '\0');
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
conc_import_row_finalize (GObject *object)
{
  ConcImportRow *self = CONC_IMPORT_ROW (object);

  g_free (self->name);
  g_free (self->sentence);
  G_OBJECT_CLASS (conc_import_row_parent_class)->finalize (object);
}

static void
conc_import_row_class_init (ConcImportRowClass *klass)
{
  static const char *const names[] = { NULL, "line", "outcome", "name", "sentence" };
  GObjectClass            *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = conc_import_row_get_property;
  object_class->finalize = conc_import_row_finalize;
  for (guint id = 1; id < G_N_ELEMENTS (names); id++)
    properties[id] = g_param_spec_string (names[id], NULL, NULL, NULL,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_NAMED] = g_param_spec_boolean ("is-named", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
conc_import_row_init (ConcImportRow *self)
{
}

/* The line has its own column, so the sentence need not begin with it. */
static char *
dup_sentence (const ConcImportItem *item)
{
  g_autofree char *line = g_strdup_printf (_ ("Line %u: "), item->line);

  if (item->sentence != NULL && g_str_has_prefix (item->sentence, line))
    return g_strdup (item->sentence + strlen (line));
  return g_strdup (item->sentence);
}

ConcImportRow *
conc_import_row_new (const ConcImportItem *item)
{
  ConcImportRow *self = g_object_new (CONC_TYPE_IMPORT_ROW, NULL);

  self->line = item->line;
  self->outcome = item->outcome;
  self->name = g_strdup (item->name);
  self->sentence = dup_sentence (item);
  return self;
}

const char *
conc_import_outcome_get_title (ConcImportOutcome outcome)
{
  static const char *const titles[CONC_N_IMPORT_OUTCOMES] = {
    [CONC_IMPORT_NEW] = N_ ("New"),
    [CONC_IMPORT_CHANGED] = N_ ("Changed"),
    [CONC_IMPORT_UNCHANGED] = N_ ("Unchanged"),
    [CONC_IMPORT_DOUBTFUL] = N_ ("Doubtful"),
    [CONC_IMPORT_REFUSED] = N_ ("Refused"),
  };

  return _ (titles[outcome]);
}
