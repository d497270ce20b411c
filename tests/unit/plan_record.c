/* plan_record: field tables, text of fields, copies and comparison.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/plan/record.h"

/* Every field of every kind has its own bytes, a name that is unique in its table, and what its type needs. */
static void plan_record__tables_are_sound(void **state) {
  (void)state;
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    const vd_kind_info *info = vd_kind_lookup((vd_kind)kind);
    assert_int_equal(info->kind, kind);
    assert_int_equal(vd_kind_find(info->table), kind);
    int n = vd_kind_n_fields((vd_kind)kind);
    for (int i = 0; i < n; i++) {
      const vd_field *field = vd_kind_field((vd_kind)kind, i);
      assert_ptr_equal(vd_field_find((vd_kind)kind, field->name), field);
      assert_true(field->offset < info->size && field->offset >= VD_UUID_SIZE);
      if (field->type == VD_F_TERM) assert_non_null(field->terms);
      if (field->type == VD_F_WORD) assert_non_null(field->words);
      for (int j = 0; j < i; j++) assert_true(vd_kind_field((vd_kind)kind, j)->offset != field->offset);
    }
    /* No member of the struct was forgotten: the bytes of all fields fill the struct but for padding. */
    size_t filled = 0;
    for (int i = 0; i < info->n_fields; i++) {
      vd_field_type type = info->fields[i].type;
      filled += type == VD_F_INT || type == VD_F_BOOL || type == VD_F_TERM ? 4 : 8;
    }
    size_t own = info->size - sizeof(vd_record);
    assert_true(filled <= own && own - filled < 4 * (size_t)info->n_fields + 8);
  }
}

static void plan_record__new_records_hold_presets(void **state) {
  vd_arena *arena = *state;
  const vd_base *base = vd_record_new(arena, VD_KIND_BASE);
  assert_string_equal(base->record.id, "");
  assert_true(base->from_s == VD_TIME_MIN && base->to_s == VD_TIME_MAX);
  assert_true(base->proximity_m == 1000 && base->has_reaction_force == 1);
  assert_int_equal(base->strength, VD_UNKNOWN_INT);
  const vd_threat_area *threat = vd_record_new(arena, VD_KIND_THREAT_AREA);
  assert_true(threat->weekdays == 127 && threat->hour_to_min == 1440);
  const vd_patrol *patrol = vd_record_new(arena, VD_KIND_PATROL);
  assert_true(isnan(patrol->influence_m));
}

typedef struct example {
  vd_kind kind;
  const char *field, *text, *back;
} example;

static void plan_record__text_there_and_back(void **state) {
  vd_arena *arena = *state;
  static const example good[] = {
      {VD_KIND_BASE, "proximity_m", "0.1", "0.1"},
      {VD_KIND_BASE, "proximity_m", "1e3", "1000"},
      {VD_KIND_BASE, "strength", "120", "120"},
      {VD_KIND_BASE, "strength", "", NULL},
      {VD_KIND_BASE, "notice_night_min", "never", "never"},
      {VD_KIND_BASE, "vehicle", "Convoy", "convoy"},
      {VD_KIND_BASE, "from_time", "2026-03-14", "2026-03-14T00:00:00Z"},
      {VD_KIND_BASE, "to_time", NULL, NULL},
      {VD_KIND_BASE, "has_reaction_force", "no", "0"},
      {VD_KIND_BASE, "base_class", "TEAM_SITE", "team_site"},
      {VD_KIND_BASE, "name", "K\xc3\xa2l", "K\xc3\xa2l"},
      {VD_KIND_ROAD, "oneway", "-1", "-1"},
      {VD_KIND_SETTLEMENT, "population", "1234.5678901234567", "1234.5678901234567"},
  };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    void *record = vd_record_new(arena, good[i].kind);
    const vd_field *field = vd_field_find(good[i].kind, good[i].field);
    assert_int_equal(vd_field_set(arena, field, record, good[i].text), VD_OK);
    const char *back = vd_field_text(arena, field, record);
    if (good[i].back)
      assert_string_equal(back, good[i].back);
    else
      assert_null(back);
  }
}

static void plan_record__refuses_what_does_not_fit(void **state) {
  vd_arena *arena = *state;
  static const example bad[] = {
      {VD_KIND_BASE, "proximity_m", "-1", "from 0 to 200000"},
      {VD_KIND_BASE, "proximity_m", "far", "number"},
      {VD_KIND_BASE, "proximity_m", "nan", "number"},
      {VD_KIND_BASE, "strength", "1.5", "whole number"},
      {VD_KIND_BASE, "strength", "99999999999", "from 0"},
      {VD_KIND_BASE, "vehicle", "horse", "foot, 4x4, convoy"},
      {VD_KIND_BASE, "base_class", "castle", "mission_hq"},
      {VD_KIND_BASE, "from_time", "2026-02-30", "from_time"},
      {VD_KIND_BASE, "has_reaction_force", "maybe", "yes or no"},
      {VD_KIND_BASE, "name", "\xff\xfe", "UTF-8"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    void *record = vd_record_new(arena, bad[i].kind), *before = vd_record_copy(arena, bad[i].kind, record);
    const vd_field *field = vd_field_find(bad[i].kind, bad[i].field);
    assert_int_equal(vd_field_set(arena, field, record, bad[i].text), VD_ERR_INPUT);
    assert_non_null(strstr(vd_last_message(), bad[i].back));
    assert_true(vd_record_equal(bad[i].kind, record, before));
  }
}

static void plan_record__copies_are_deep_and_equal(void **state) {
  vd_arena *arena = *state;
  char name[] = "Alpha";
  double xy[] = {1, 2, 3, 4};
  vd_road *road = vd_record_new(arena, VD_KIND_ROAD);
  road->record.name = name;
  road->record.geom = vd_geom_line(arena, xy, 2);
  vd_road *copy = vd_record_copy(arena, VD_KIND_ROAD, road);
  assert_true(vd_record_equal(VD_KIND_ROAD, road, copy));
  name[0] = 'B';
  assert_false(vd_record_equal(VD_KIND_ROAD, road, copy));
  assert_string_equal(copy->record.name, "Alpha");
  name[0] = 'A';
  road->record.geom->xy[3] = 5;
  assert_false(vd_record_equal(VD_KIND_ROAD, road, copy));
}

static int start(void **state) {
  *state = vd_arena_new();
  return 0;
}
static int stop(void **state) {
  vd_arena_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plan_record__tables_are_sound),
      cmocka_unit_test_setup_teardown(plan_record__new_records_hold_presets, start, stop),
      cmocka_unit_test_setup_teardown(plan_record__text_there_and_back, start, stop),
      cmocka_unit_test_setup_teardown(plan_record__refuses_what_does_not_fit, start, stop),
      cmocka_unit_test_setup_teardown(plan_record__copies_are_deep_and_equal, start, stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
