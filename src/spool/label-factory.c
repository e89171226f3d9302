/* label-factory.c: Makes labels of the runners of one race as they would be printed now. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool/label-factory.h"

#include "spool/label-content.h"

struct _ConcLabelFactory
{
  ConcLabelSource source;
  char           *layout;
  char           *race;
  char          **waves;
};

/**
 * conc_label_factory_new:
 * @file: the race; its id and key are borrowed
 * @reader: the connection that is asked; it is not needed afterwards
 * @layout: the name of a layout
 *
 * Returns: (transfer full): what makes the labels; %NULL when the race cannot be read or there is
 *   no such layout. Thread: that of @reader.
 */
ConcLabelFactory *
conc_label_factory_new (ConcRaceFile *file, ConcReader *reader, const char *layout, GError **error)
{
  g_autoptr (ConcLabelFactory) self = g_new0 (ConcLabelFactory, 1);
  g_autoptr (ConcSettings) settings = conc_reader_dup_settings (reader, error);
  g_autoptr (ConcLayout) loaded = settings != NULL ? conc_layout_load (layout, error) : NULL;

  if (loaded == NULL)
    return NULL;
  self->layout = g_strdup (layout);
  self->race = g_strdup (conc_settings_get (settings, CONC_SETTING_NAME));
  self->waves = conc_settings_dup_waves (settings);
  self->source.race_id = conc_race_file_get_race_id (file);
  self->source.key = conc_race_file_get_key (file);
  self->source.race = self->race;
  self->source.waves = (const char *const *) self->waves;
  /* What only helpers may know is on the back and nowhere else. */
  self->source.emergency = conc_layout_get_sides (loaded) > 1;
  return g_steal_pointer (&self);
}

/** conc_label_factory_free: @self: (nullable): frees it. */
void
conc_label_factory_free (ConcLabelFactory *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->waves);
  g_free (self->race);
  g_free (self->layout);
  g_free (self);
}

/** conc_label_factory_make: Returns: (transfer full): the label of @runner, who has a bib. */
ConcLabel *
conc_label_factory_make (ConcLabelFactory *self, const ConcRunner *runner)
{
  return conc_label_new_for_runner (runner, &self->source);
}

/** conc_label_factory_dup_content: Returns: (transfer full): see conc_label_content(). */
char *
conc_label_factory_dup_content (ConcLabelFactory *self, const ConcLabel *label)
{
  return conc_label_content (label, self->layout, self->source.key);
}
