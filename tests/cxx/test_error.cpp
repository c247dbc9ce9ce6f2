// SPDX-License-Identifier: BSD-3-Clause
#include <cstring>
#include <functional>
#include <map>

#include "check.hpp"

TEST_CASE("statuses are error codes of deed's own category") {
  const std::error_code code = DEED_EBUSY;
  CHECK(code.category() == deed::category());
  CHECK(std::string(code.category().name()) == "deed");
  CHECK(code.message() == deed_status_text(DEED_EBUSY));
  CHECK(code == DEED_EBUSY);
  CHECK(code != DEED_ESTALE);
  CHECK_FALSE(std::error_code(DEED_OK));
}

TEST_CASE_FIXTURE(accounted, "what an exception says") {
  auto array = array2::alloc({2, 2});
  array.publish("error/array");
  try {
    (void)deed::array<const float, 3>::lookup("error/array");
    FAIL("an array of another type was looked up");
  } catch (const std::system_error &error) {
    const std::string what = error.what();
    CHECK(what.find("DEED_EDTYPE") == 0);
    CHECK(what.find("real64 of rank 2") != std::string::npos);
    CHECK(what.find("const real32 of rank 3") != std::string::npos);
  }
}

TEST_CASE_FIXTURE(accounted, "shapes that cannot be are refused in both forms") {
  CHECK(status_of([] { (void)array2::alloc({-1, 2}); }) == DEED_ESHAPE);
  CHECK(status_of([] { (void)array2::alloc({INT64_MAX, 2}); }) == DEED_EOVERFLOW);
  CHECK(status_of([] { (void)array2::alloc({INT64_MAX / 16, 1}); }) == DEED_ENOMEM);
  CHECK(status_of([] { (void)array2::lend(nullptr, {1, 1}); }) == DEED_ENULL);
  std::error_code code;
  CHECK_FALSE(array2::alloc({-1, 2}, {}, code).is_live());
  CHECK(code == DEED_ESHAPE);
  auto array = array2::alloc({1, 1}, {}, code);
  CHECK_FALSE(code);
  array.release(code);
  CHECK_FALSE(code);
  array.release(code);
  CHECK(code == DEED_EHANDLE);
}

TEST_CASE_FIXTURE(accounted, "every verb has a form that sets a code") {
  auto array = array2::alloc({4, 3}, {DEED_ORDER_C, {}, true});
  const array2 empty;
  std::error_code code;
  CHECK(array.as_const(code).is_live());
  CHECK(array.pick(0, 3, code)(2) == 0);
  CHECK(array.transposed(code).extent(0) == 3);
  CHECK(array.reshaped<1>({12}, DEED_ORDER_C, code).size() == 12);
  CHECK(array.component<std::int32_t>(4, code)(3, 2) == 0);
  CHECK(array.copy(DEED_ORDER_ANY, DEED_COPY_REQUESTED, code).is_title());
  CHECK(array.describe(code).claim_count == 1);
  CHECK_FALSE(code);
  CHECK_FALSE(array.pick(0, 4, code).is_live());
  CHECK(code == DEED_EBOUNDS);
  CHECK_FALSE(array.pick(5, 0, code).is_live());
  CHECK(code == DEED_ERANK);
  CHECK_FALSE(array.reshaped<1>({12}, DEED_ORDER_FORTRAN, code).is_live());
  CHECK(code == DEED_EORDER);
  CHECK_FALSE(array.component<double>(4, code).is_live());
  CHECK(code == DEED_EBOUNDS);
  CHECK_FALSE(empty.as_const(code).is_live());
  CHECK(code == DEED_EHANDLE);
  CHECK_FALSE(empty.transposed(code).is_live());
  CHECK(code == DEED_EHANDLE);
  CHECK_FALSE(empty.copy(DEED_ORDER_ANY, DEED_COPY_REQUESTED, code).is_live());
  CHECK(code == DEED_EHANDLE);
  CHECK(empty.describe(code).claim_count == 0);
  CHECK(code == DEED_EHANDLE);
  auto shared = std::shared_ptr<double[]>(new double[4]);
  CHECK_FALSE(array1::adopt(std::move(shared), {-4}, {}, code).is_live());
  CHECK(code == DEED_ESHAPE);
  CHECK(shared.use_count() == 1);
}

namespace {

// What a call throws says this and not a character more.
template <class Call>
void says(const std::string &expected, Call call) {
  try {
    call();
    FAIL("not refused: ", expected);
  } catch (const deed::error &error) {
    CHECK(error.what() == expected);
    CHECK(std::strlen(error.what()) == expected.size());
    CHECK(error.holder_count() == 0);
  }
}

const char not_a_handle[] = "not a handle of this process: zero, random or from elsewhere";

}  // namespace

TEST_CASE_FIXTURE(accounted, "what refusals of C++ itself say: making arrays") {
  std::vector<double> vector(12);
  const double *first = vector.data();
  says("DEED_ESHAPE: alloc refused: shape (-1): wrong or negative extent", [] { (void)array1::alloc({-1}); });
  says("DEED_ESHAPE: lend refused: shape (2, -3): wrong or negative extent",
       [&] { (void)array2::lend(vector.data(), {2, -3}); });
  says("DEED_EOVERFLOW: alloc refused: shape (9223372036854775807, 2): a size or an address does not fit 64 bits",
       [] { (void)array2::alloc({INT64_MAX, 2}); });
  says("DEED_EBOUNDS: adopt refused: the shape has 16 elements, the vector 12: outside the bounds of the array",
       [&] { (void)array2::adopt(std::move(vector), {4, 4}); });
  says("DEED_ESHAPE: adopt refused: shape (-4): wrong or negative extent",
       [] { (void)array1::adopt(std::make_unique<double[]>(1), {-4}); });
  CHECK(vector.data() == first);
  deed::indices<15> widest{};
  widest.fill(INT64_MIN);
  try {
    (void)deed::array<double, 15>::alloc(widest);
    FAIL("a shape of negative extents was made");
  } catch (const deed::error &error) {
    const std::string what = error.what();
    CHECK(what.find("-9223372036854775808, -9223372036854775808): wrong or negative extent") != std::string::npos);
  }
}

TEST_CASE_FIXTURE(accounted, "what refusals of C++ itself say: elements") {
  const auto line = array1::alloc({3});
  const auto plane = array2::alloc({4, 3}, {DEED_ORDER_C, {-1, 1}, true});
  says("DEED_EBOUNDS: at refused: index 7 of dimension 0, whose bounds are 0 and 2: outside the bounds of the array",
       [&] { (void)line.at(7); });
  says("DEED_EBOUNDS: at refused: index 0 of dimension 1, whose bounds are 1 and 3: outside the bounds of the array",
       [&] { (void)plane.at(-1, 0); });
  says("DEED_ESTALE: at refused: stale handle: released, transferred, reclaimed or recalled before",
       [] { (void)array1().at(0); });
#if defined(__cpp_lib_span)
  const auto gaps = plane.view({{{-1, 2, 2}, {1, 3, 1}}});
  says("DEED_EORDER: span refused: there are gaps between the elements: the elements are not in the order asked for",
       [&] { (void)gaps.span(); });
#endif
}

TEST_CASE_FIXTURE(accounted, "what refusals of C++ itself say: views") {
  const auto plane = array2::alloc({4, 3});
  const std::string bounds = ": outside the bounds of the array";
  says("DEED_EBOUNDS: view refused" + bounds, [&] { (void)plane.view({{{0, 4, 1}, {0, 2, 1}}}); });
  says("DEED_EINVAL: view refused: invalid argument", [&] { (void)plane.view({{{0, 3, 0}, {0, 2, 1}}}); });
  says("DEED_EBOUNDS: pick refused" + bounds, [&] { (void)plane.pick(0, 4); });
  says("DEED_ERANK: pick refused: wrong or unsupported rank", [&] { (void)plane.pick(2, 0); });
  says("DEED_ESHAPE: reshaped refused: wrong or negative extent", [&] { (void)plane.reshaped<1>({11}); });
  says("DEED_EORDER: reshaped refused: the elements are not in the order asked for",
       [&] { (void)plane.reshaped<1>({12}, DEED_ORDER_FORTRAN); });
  says("DEED_EBOUNDS: component refused" + bounds, [&] { (void)plane.component<double>(4); });
}

TEST_CASE_FIXTURE(accounted, "what refusals of C++ itself say: arrays that are empty or stale") {
  const array2 empty;
  for (const auto &[verb, call] : std::map<std::string, std::function<void()>>{
           {"describe", [&] { (void)empty.describe(); }},
           {"holders", [&] { (void)empty.holders(); }},
           {"view", [&] { (void)empty.view({}); }},
           {"transposed", [&] { (void)empty.transposed(); }},
           {"array", [] { const array2 none(DEED_ARRAY_NONE); }},
       }) {
    says("DEED_EHANDLE: " + verb + " refused: " + not_a_handle, call);
  }
  auto array = array2::alloc({1, 1});
  const deed_array handle = array.handle();
  CHECK(deed_release(handle, nullptr) == DEED_OK);
  says("DEED_ESTALE: weak refused: stale handle: released, transferred, reclaimed or recalled before",
       [&] { (void)deed::weak<double, 2>(array); });
}

TEST_CASE("a refusal that does not fit is cut, and still says its status") {
  deed_error error{};
  const std::string long_text(1000, 'x');
  CHECK(deed::detail::refuse(&error, DEED_EORDER, "%s", long_text.c_str()) == DEED_EORDER);
  const std::string message = error.message;
  CHECK(message == std::string(400, 'x') + ": the elements are not in the order asked for");
  CHECK(deed::detail::refuse(nullptr, DEED_EORDER, "%d", 1) == DEED_EORDER);
}
