/* app_action: the one table of what the window can do is sound.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/action.h"
#include "vedette/base/str.h"
#include "vedette/draw/icon.h"

static void app_action__words_and_labels_name_one_thing_each(void **state) {
  (void)state;
  for (int i = 0; i < vd_n_actions; i++) {
    assert_non_null(vd_actions[i].word);
    assert_non_null(vd_actions[i].menu);
    assert_non_null(vd_actions[i].label);
    assert_non_null(vd_actions[i].run);
    for (int j = 0; j < i; j++) {
      assert_string_not_equal(vd_actions[i].word, vd_actions[j].word);
      assert_string_not_equal(vd_actions[i].label, vd_actions[j].label);
    }
  }
}

static void app_action__no_two_share_a_key_and_every_key_is_told(void **state) {
  (void)state;
  for (int i = 0; i < vd_n_actions; i++) {
    const vd_action *a = &vd_actions[i];
    assert_int_equal(a->key != 0, a->shortcut != NULL);
    if (!a->key) continue;
    /* "Ctrl+P" tells of Ctrl and ends in the key. */
    assert_int_equal((a->mods & VD_MOD_CTRL) != 0, vd_str_starts(a->shortcut, "Ctrl+"));
    char last = a->shortcut[strlen(a->shortcut) - 1];
    if (a->key > ' ' && a->key < 128)
      assert_int_equal(a->key, last >= 'A' && last <= 'Z' ? last - 'A' + 'a' : last);
    for (int j = 0; j < i; j++) assert_false(a->key == vd_actions[j].key && a->mods == vd_actions[j].mods);
  }
}

/* A menu is made where its name changes: its actions must stand together, or it would come twice. */
static void app_action__actions_of_a_menu_stand_together(void **state) {
  (void)state;
  for (int i = 1; i < vd_n_actions; i++) {
    if (strcmp(vd_actions[i].menu, vd_actions[i - 1].menu) == 0) continue;
    for (int j = 0; j < i; j++) assert_string_not_equal(vd_actions[i].menu, vd_actions[j].menu);
  }
}

static void app_action__every_icon_can_be_drawn(void **state) {
  (void)state;
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  assert_int_equal(vd_draw_open(&draw), VD_OK);
  for (int i = 0; i < vd_n_actions; i++) {
    if (!vd_actions[i].icon) continue;
    const char *name = vd_str_printf(arena, "icons/%s", vd_actions[i].icon);
    if (vd_icon_check(draw, name) != VD_OK) fail_msg("%s: %s", vd_actions[i].word, vd_last_message());
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(app_action__words_and_labels_name_one_thing_each),
      cmocka_unit_test(app_action__no_two_share_a_key_and_every_key_is_told),
      cmocka_unit_test(app_action__actions_of_a_menu_stand_together),
      cmocka_unit_test(app_action__every_icon_can_be_drawn),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
