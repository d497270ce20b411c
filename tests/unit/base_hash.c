/* base_hash: SHA-256 against the standard's own examples, and what makes two inputs the same.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/hash.h"

/* NIST's example values for FIPS 180-4: the empty message, one block, two blocks, a million times "a". */
static void the_standards_examples(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int times;
    const char *hex;
  } cases[] = {
      {"", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    vd_hash hash;
    char hex[VD_HASH_HEX_SIZE];
    vd_hash_start(&hash);
    for (int k = 0; k < cases[i].times; k++) vd_hash_add(&hash, cases[i].text, strlen(cases[i].text));
    vd_hash_finish(&hash, hex);
    assert_string_equal(hex, cases[i].hex);
  }
}

static void however_it_is_cut(void **state) {
  (void)state;
  unsigned char bytes[300];
  char whole[VD_HASH_HEX_SIZE], parts[VD_HASH_HEX_SIZE];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(i * 7);
  for (size_t n = 0; n <= sizeof bytes; n++) {
    vd_hash hash;
    vd_hash_start(&hash);
    vd_hash_add(&hash, bytes, n);
    vd_hash_finish(&hash, whole);
    vd_hash_start(&hash);
    for (size_t at = 0, step = 1; at < n; at += step, step = step % 90 + 13)
      vd_hash_add(&hash, bytes + at, n - at < step ? n - at : step);
    vd_hash_finish(&hash, parts);
    assert_string_equal(whole, parts);
  }
}

static void of_texts(const char *a, const char *b, char hex[VD_HASH_HEX_SIZE]) {
  vd_hash hash;
  vd_hash_start(&hash);
  vd_hash_add_text(&hash, a);
  vd_hash_add_text(&hash, b);
  vd_hash_finish(&hash, hex);
}

static void of_f64(double value, char hex[VD_HASH_HEX_SIZE]) {
  vd_hash hash;
  vd_hash_start(&hash);
  vd_hash_add_f64(&hash, value);
  vd_hash_finish(&hash, hex);
}

static void values_do_not_run_together(void **state) {
  (void)state;
  char a[VD_HASH_HEX_SIZE], b[VD_HASH_HEX_SIZE];
  of_texts("ab", "c", a);
  of_texts("a", "bc", b);
  assert_string_not_equal(a, b);
  of_texts(NULL, "c", a);
  of_texts("", "c", b);
  assert_string_equal(a, b);
  of_f64(0.0, a);
  of_f64(-0.0, b);
  assert_string_equal(a, b);
  of_f64(NAN, a);
  of_f64(-NAN, b);
  assert_string_equal(a, b);
  of_f64(1.0, b);
  assert_string_not_equal(a, b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_standards_examples),
      cmocka_unit_test(however_it_is_cut),
      cmocka_unit_test(values_do_not_run_together),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
