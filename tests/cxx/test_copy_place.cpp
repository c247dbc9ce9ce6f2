// SPDX-License-Identifier: BSD-3-Clause
// What place each kind of copy is recorded with: the user's line wherever the language can say it.
#include <any>
#include <cstring>
#include <functional>
#include <map>
#include <optional>
#include <thread>
#include <tuple>
#include <type_traits>
#include <vector>

#include "check.hpp"

static_assert(std::is_copy_constructible_v<array2> && std::is_copy_assignable_v<array2>);
static_assert(std::is_nothrow_move_constructible_v<array2> && std::is_nothrow_move_assignable_v<array2>);
static_assert(!std::is_nothrow_copy_constructible_v<array2>);
static_assert(std::is_convertible_v<array2, const_array2> && std::is_assignable_v<const_array2 &, const array2 &>);
static_assert(!std::is_convertible_v<const_array2, array2> && !std::is_assignable_v<array2 &, const const_array2 &>);
static_assert(std::is_swappable_v<array2> && std::is_nothrow_swappable_v<array2>);

namespace {

constexpr std::string_view words = "copied in a container, first made at ";

deed_site site_of(const deed::claim &claim) {
  deed_site site{};
  CHECK(deed_site_of(claim.handle(), &site) == DEED_OK);
  CHECK(site.language == DEED_LANGUAGE_CXX);
  return site;
}

// Was this claim made at this line of this file?
bool is_made_at(const deed::claim &claim, int line) {
  const deed_site site = site_of(claim);
  INFO(site.file, ":", site.line, ", expected line ", line);
  const bool is = site.line == line && std::strcmp(site.file, __FILE__) == 0;
  CHECK(is);
  return is;
}

// Is it said to be copied in a container, of what was made at this line of this file?
bool is_first_made_at(const deed::claim &claim, int line) {
  const deed_site site = site_of(claim);
  INFO(site.file, ":", site.line, ", expected line ", line);
  const bool is = site.line == line && site.file == std::string(words) + __FILE__;
  CHECK(is);
  return is;
}

void is_passed_at(array2 array, int line) { is_made_at(array, line); }
void is_passed_at(const_array2 array, int line, int) { is_made_at(array, line); }

const int line_of_return = __LINE__ + 1;
array2 returned(const array2 &array) { return array; }

const int line_of_class = __LINE__ + 1;
struct solver {
  array2 field;
  int steps;
};

struct derived : array2 {
  explicit derived(const array2 &field) : array2(field) {}
  int steps = 0;
};

}  // namespace

TEST_CASE_FIXTURE(accounted, "initialisations and assignments are at their line") {
  const auto array = array2::alloc({2, 2});
  const array2 equal = array;
  CHECK(is_made_at(equal, __LINE__ - 1));
  const array2 round(array);
  CHECK(is_made_at(round, __LINE__ - 1));
  const array2 braces{array};
  CHECK(is_made_at(braces, __LINE__ - 1));
  array2 assigned;
  assigned = array;
  CHECK(is_made_at(assigned, __LINE__ - 1));
  const_array2 reader = array;
  CHECK(is_made_at(reader, __LINE__ - 1));
  reader = assigned;
  CHECK(is_made_at(reader, __LINE__ - 1));
  const auto *allocated = new array2(array);
  CHECK(is_made_at(*allocated, __LINE__ - 1));
  delete allocated;
  const array2 list[] = {array, array};
  CHECK(is_made_at(list[1], __LINE__ - 1));
  const std::array<array2, 2> standard{array, array};
  CHECK(is_made_at(standard[1], __LINE__ - 1));
  const array2 elsewhere(array, {"elsewhere.cpp", 7});
  CHECK(site_of(elsewhere).file == std::string("elsewhere.cpp"));
}

TEST_CASE_FIXTURE(accounted, "calls, returns and captures are at their line") {
  const auto array = array2::alloc({2, 2});
  is_passed_at(array, __LINE__);
  is_passed_at(array, __LINE__, 0);
  CHECK(is_made_at(returned(array), line_of_return));
  const auto captured = [array]() -> const array2 & { return array; };
  CHECK(is_made_at(captured(), __LINE__ - 1));
  const auto named = [copy = array]() -> const array2 & { return copy; };
  CHECK(is_made_at(named(), __LINE__ - 1));
  const std::function<bool(int)> function = [array](int line) { return is_made_at(array, line); };
  CHECK(function(__LINE__ - 1));
  std::thread thread([array, line = __LINE__] { is_made_at(array, line); });
  thread.join();
}

TEST_CASE_FIXTURE(accounted, "a class with an array inside copies it where the class is defined") {
  const auto array = array2::alloc({2, 2});
  const solver first{array, 1};
  CHECK(is_made_at(first.field, __LINE__ - 1));
  solver second = first;
  CHECK(is_made_at(second.field, line_of_class));
  second = first;
  CHECK(is_made_at(second.field, line_of_class));
  const derived base(array);
  const derived copy = base;
  CHECK(site_of(copy).file == std::string(__FILE__));
}

TEST_CASE_FIXTURE(accounted, "a container copies what was first made elsewhere") {
  const auto array = array2::alloc({2, 2});
  const int made = __LINE__ - 1;
  std::vector<array2> list;
  list.push_back(array);
  list.emplace_back(array);
  list.insert(list.begin(), array);
  for (const array2 &one : list) CHECK(is_first_made_at(one, made));
  const std::vector<array2> copies = list;
  CHECK(is_first_made_at(copies[2], made));
  const std::vector<array2> filled(3, array);
  CHECK(is_first_made_at(filled[2], made));
  const std::vector<array2> given{array, array};
  CHECK(is_first_made_at(given[1], __LINE__ - 1));  // the braces hold copies of their own
  const std::optional<array2> optional = array;
  CHECK(is_first_made_at(*optional, made));
  const std::pair<array2, int> pair(array, 1);
  CHECK(is_first_made_at(pair.first, made));
  const auto [bound, one] = pair;
  CHECK(is_first_made_at(bound, made));
  const std::tuple<array2> tuple{array};
  CHECK(is_first_made_at(std::get<0>(tuple), made));
  const auto pointer = std::make_shared<array2>(array);
  CHECK(is_first_made_at(*pointer, made));
  const std::any any = array;
  CHECK(is_first_made_at(std::any_cast<const array2 &>(any), made));
  std::map<int, array2> map{{1, array}};
  CHECK(is_first_made_at(map.at(1), made));
  map[2] = array;
  CHECK(is_made_at(map.at(2), __LINE__ - 1));
  const std::vector<const_array2> readers(list.begin(), list.end());
  CHECK(is_first_made_at(readers[0], made));
  const array2 out = list[0];
  CHECK(is_made_at(out, __LINE__ - 1));
}

TEST_CASE_FIXTURE(accounted, "a loan says who holds it, line by line") {
  double memory[4] = {};
  auto loan = array2::lend(memory, {2, 2});
  const array2 copy = loan;
  const int line = __LINE__ - 1;
  const std::vector<array2> list(1, copy);
  try {
    loan.recall();
    FAIL("a loan that others hold was recalled");
  } catch (const deed::error &error) {
    const std::string what = error.what();
    const std::string place = std::string(__FILE__) + ":" + std::to_string(line);
    CHECK(what.find("share by C++ at " + place) != std::string::npos);
    CHECK(what.find(std::string(words) + place) != std::string::npos);
    CHECK(what.find(".hpp") == std::string::npos);
  }
}

TEST_CASE_FIXTURE(accounted, "what has no place, or one too long to repeat, is at the container's") {
  deed_layout layout{};
  const std::int64_t shape[] = {1, 1};
  REQUIRE(deed_layout_contiguous(DEED_REAL64, 8, 2, shape, nullptr, DEED_ORDER_C, &layout) == DEED_OK);
  deed_array handle = DEED_ARRAY_NONE;
  REQUIRE(deed_alloc(&layout, 0, nullptr, &handle, nullptr) == DEED_OK);
  const array2 nowhere(handle);
  const std::string far_away(2000, 'x');
  const array2 far = nowhere.share({far_away.c_str(), 3});
  for (const array2 *one : {&nowhere, &far}) {
    const std::vector<array2> list(1, *one);
    CHECK(std::string(site_of(list[0]).file).find(words) == std::string::npos);
    CHECK(site_of(list[0]).line > 0);
  }
}

TEST_CASE_FIXTURE(accounted, "an array that is given itself stays what it is") {
  double memory[4] = {};
  auto loan = array2::lend(memory, {2, 2});
  const auto handle = loan.handle().bits;
  const array2 &same = loan;
  loan = same;
  CHECK(loan.handle().bits == handle);
  CHECK(loan.is_title());
  CHECK(loan.holders().size() == 1);
  loan = returned(loan);
  CHECK(loan.is_title());
  loan.recall();
}

TEST_CASE_FIXTURE(accounted, "an assignment ends what was held before, whoever it is a share of") {
  auto title = array2::alloc({2, 2});
  const array2 share = title;
  title = share;
  CHECK_FALSE(title.is_title());
  CHECK(title.holders().size() == 2);
  array2 copy = title;
  title = std::move(copy);
  CHECK(title.holders().size() == 2);
  array2 ended = title;
  auto before = [&title] {
    array2 kept = title;
    title.release();
    return kept;
  };
  title = before();
  CHECK(title.is_live());
  ended = {};
  CHECK_FALSE(ended.is_live());
  CHECK(ended.data() == nullptr);
}
