/* SPDX-License-Identifier: BSD-3-Clause */
#include "check.h"

static void names_and_sizes_agree_with_the_map(void **state) {
  (void)state;
#define CHECK(name, number, size_bytes, label, class_)         \
  assert_string_equal(deed_dtype_name(name), label);           \
  assert_int_equal(deed_dtype_size_bytes(name), (size_bytes)); \
  assert_int_equal(deed_dtype_from_name(label), number);
  DEED_DTYPE_MAP(CHECK)
#undef CHECK
}

/* Whether a label is that of a type of this class. */
static int label_has_class(const char *label, enum deed_dtype_class class_) {
  static const char *const begins[] = {
      [DEED_CLASS_INTEGER] = "int",      [DEED_CLASS_UNSIGNED] = "uint",   [DEED_CLASS_REAL] = "real",
      [DEED_CLASS_COMPLEX] = "complex(", [DEED_CLASS_LOGICAL] = "logical", [DEED_CLASS_CHARACTER] = "character(",
      [DEED_CLASS_OPAQUE] = "opaque",
  };
  if (strcmp(label, "bfloat16") == 0) return class_ == DEED_CLASS_REAL;
  return strncmp(label, begins[class_], strlen(begins[class_])) == 0;
}

static void labels_begin_as_their_class_has_it(void **state) {
  (void)state;
#define CHECK(name, number, size_bytes, label, class_) assert_true(label_has_class(label, class_));
  DEED_DTYPE_MAP(CHECK)
#undef CHECK
}

static void a_complex_is_two_reals(void **state) {
  (void)state;
  for (int i = 0; i < 4; ++i) {
    int64_t real = deed_dtype_size_bytes((enum deed_dtype)(DEED_REAL32 + i));
    assert_int_equal(deed_dtype_size_bytes((enum deed_dtype)(DEED_COMPLEX_REAL32 + i)), 2 * real);
  }
}

static void what_is_no_dtype_is_said_to_be_none(void **state) {
  const int none[] = {0, -1, DEED_DTYPE_END, 255, INT32_MIN, INT32_MAX};
  (void)state;
  for (size_t i = 0; i < COUNT_OF(none); ++i) {
    assert_string_equal(deed_dtype_name((enum deed_dtype)none[i]), "unknown");
    assert_int_equal(deed_dtype_size_bytes((enum deed_dtype)none[i]), -1);
  }
  assert_int_equal(deed_dtype_from_name("float64"), 0);
  assert_int_equal(deed_dtype_from_name(""), 0);
  assert_int_equal(deed_dtype_from_name(NULL), 0);
}

static void every_number_of_an_enumeration_has_a_word(void **state) {
  (void)state;
  for (int i = 0; i < DEED_STATUS_COUNT; ++i) {
    assert_int_equal(strncmp(deed_status_name((enum deed_status)i), "DEED_", 5), 0);
    assert_string_not_equal(deed_status_text((enum deed_status)i), "unknown status");
  }
  assert_string_equal(deed_status_name((enum deed_status)DEED_STATUS_COUNT), "DEED_UNKNOWN");
  assert_string_equal(deed_status_text((enum deed_status) - 1), "unknown status");
  for (int i = 0; i <= DEED_ORIGIN_STATIC; ++i)
    assert_string_not_equal(deed_origin_name((enum deed_origin)i), "unknown");
  assert_string_equal(deed_origin_name((enum deed_origin)9), "unknown");
  assert_string_equal(deed_language_name(DEED_LANGUAGE_CXX), "C++");
  assert_string_equal(deed_language_name((enum deed_language)99), "unknown");
  assert_string_equal(deed_role_name(DEED_ROLE_TITLE), "title");
  assert_string_equal(deed_copy_reason_name(DEED_COPY_ORDER), "order");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_and_sizes_agree_with_the_map),
      cmocka_unit_test(labels_begin_as_their_class_has_it),
      cmocka_unit_test(a_complex_is_two_reals),
      cmocka_unit_test(what_is_no_dtype_is_said_to_be_none),
      cmocka_unit_test(every_number_of_an_enumeration_has_a_word),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
