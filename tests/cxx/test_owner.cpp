// SPDX-License-Identifier: BSD-3-Clause
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "check.hpp"

namespace {

struct counting_delete {
  int *calls;
  void operator()(double *pointer) const {
    ++*calls;
    delete[] pointer;
  }
};

struct throwing_delete {
  void operator()(double *pointer) const {
    delete[] pointer;
    throw 42;
  }
};

}  // namespace

TEST_CASE_FIXTURE(accounted, "a vector comes back as the vector it was") {
  std::vector<double> vector(12, 1.0);
  const double *first = vector.data();
  auto array = array2::adopt(std::move(vector), {4, 3});
  CHECK(array.data() == first);
  CHECK(array.origin() == DEED_ORIGIN_CXX);
  array(3, 2) = 42;
  {
    const auto share = array;
    CHECK(status_of([&] { (void)array.reclaim<std::vector<double>>(); }) == DEED_EBUSY);
    CHECK(array.is_live());
  }
  vector = array.reclaim<std::vector<double>>();
  CHECK(vector.data() == first);
  CHECK(vector.back() == 42);
  CHECK_FALSE(array.is_live());
  CHECK(array.data() == nullptr);
}

TEST_CASE_FIXTURE(accounted, "trap A46: reclaiming as another owner is refused") {
  auto array = array1::adopt(std::vector<double>(3));
  CHECK(status_of([&] { (void)array.reclaim<std::unique_ptr<double[]>>(); }) == DEED_EORIGIN);
  std::error_code code;
  CHECK_FALSE(array.reclaim<std::shared_ptr<double[]>>(code).has_value());
  CHECK(code == DEED_EORIGIN);
  CHECK(array.reclaim<std::vector<double>>(code)->size() == 3);
  auto own = array1::alloc({3});
  CHECK(status_of([&] { (void)own.reclaim<std::vector<double>>(); }) == DEED_EORIGIN);
}

TEST_CASE_FIXTURE(accounted, "trap T25: every owner ends as it would by itself") {
  int calls = 0;
  {
    std::unique_ptr<double[], counting_delete> owner(new double[4], counting_delete{&calls});
    auto array = array1::adopt(std::move(owner), {4});
    auto share = array;
    array.release();
    CHECK(calls == 0);
  }
  CHECK(calls == 1);
  auto shared = std::shared_ptr<double[]>(new double[4], counting_delete{&calls});
  {
    const auto array = array1::adopt(std::shared_ptr<double[]>(shared), {4});
    CHECK(shared.use_count() == 2);
  }
  CHECK(shared.use_count() == 1);
  shared.reset();
  CHECK(calls == 2);
  double memory[4];
  bool freed = false;
  {
    const auto array = array1::adopt([&freed] { freed = true; }, memory, {4});
  }
  CHECK(freed);
}

TEST_CASE_FIXTURE(accounted, "trap A06: a deleter that throws is contained") {
  {
    const auto array = array1::adopt(std::unique_ptr<double[], throwing_delete>(new double[2]), {2});
  }
  double memory[1];
  {
    const auto array = array1::adopt([] { throw std::runtime_error("contained"); }, memory, {1});
  }
}

TEST_CASE_FIXTURE(accounted, "trap A19, T20: what deed refuses stays with its owner") {
  std::vector<double> vector(12);
  const double *first = vector.data();
  CHECK(status_of([&] { (void)array2::adopt(std::move(vector), {4, 4}); }) == DEED_EBOUNDS);
  CHECK(vector.data() == first);
  CHECK(status_of([&] { (void)array2::adopt(std::move(vector), {-4, 3}); }) == DEED_ESHAPE);
  CHECK(vector.size() == 12);
  int calls = 0;
  {
    std::unique_ptr<double[], counting_delete> owner(new double[4], counting_delete{&calls});
    std::error_code code;
    double *data = owner.get();
    CHECK_FALSE(array1::adopt(std::move(owner), data, {-1}, {}, code).is_live());
    CHECK(owner.get() == data);
    CHECK(calls == 0);
  }
  CHECK(calls == 1);
}

TEST_CASE_FIXTURE(accounted, "trap A13: empty vectors, a thousand times") {
  for (int i = 0; i < 1000; ++i) {
    auto array = array1::adopt(std::vector<double>());
    CHECK(array.size() == 0);
    if (i % 2) CHECK(array.reclaim<std::vector<double>>().empty());
  }
}

namespace {

// Keeps few elements inside itself and many elsewhere, as small vectors and strings do.
class small_vector {
 public:
  explicit small_vector(std::size_t size) : size_(size), heap_(size > 4 ? new double[size] : nullptr) {
    for (std::size_t i = 0; i < size; ++i) data()[i] = static_cast<double>(i);
  }
  [[nodiscard]] double *data() noexcept { return heap_ ? heap_.get() : inside_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::size_t size_;
  double inside_[4] = {};
  std::unique_ptr<double[]> heap_;
};

// Adopting this owner is refused, and the owner is not moved.
template <class T, class Owner>
void is_refused(Owner &owner, T *data, std::int64_t size) {
  std::error_code code;
  CHECK_FALSE(deed::array<T, 1>::adopt(std::move(owner), data, {size}, {}, code).is_live());
  CHECK(code == DEED_EINVAL);
}

}  // namespace

TEST_CASE_FIXTURE(accounted, "elements inside their owner are refused before it moves") {
  std::array<double, 4> fixed{1, 2, 3, 4};
  is_refused(fixed, fixed.data(), 4);
  is_refused(fixed, fixed.data() + 3, 1);
  CHECK(fixed == std::array<double, 4>{1, 2, 3, 4});
  small_vector small(3);
  is_refused(small, small.data(), 3);
  CHECK(small.data()[2] == 2);
  std::string text = "short";
  is_refused(text, text.data(), 5);
  CHECK(text == "short");
  auto pair = std::make_pair(1, std::array<int, 3>{5, 6, 7});
  is_refused(pair, pair.second.data(), 3);
  std::optional<std::array<int, 3>> optional{{8, 9, 10}};
  is_refused(optional, optional->data(), 3);
  CHECK(optional->at(2) == 10);
  try {
    (void)array1::adopt(std::move(fixed), fixed.data(), {4});
    FAIL("elements inside their owner were adopted");
  } catch (const deed::error &error) {
    CHECK(std::string(error.what()) ==
          "DEED_EINVAL: adopt refused: elements inside the owner itself, which stay behind when it moves: invalid "
          "argument");
  }
}

TEST_CASE_FIXTURE(accounted, "a function that holds the elements itself is refused") {
  struct keeper {
    double elements[2] = {1, 2};
    void operator()() {}
  } function;
  is_refused(function, function.elements, 2);
}

TEST_CASE_FIXTURE(accounted, "the same owners are taken when their elements are elsewhere") {
  small_vector large(40);
  double *data = large.data();
  auto array = array1::adopt(std::move(large), data, {40});
  CHECK(array(39) == 39);
  CHECK(array.reclaim<small_vector>().data() == data);
  std::string text(100, 't');
  char *first = text.data();
  const auto letters = deed::array<char, 1>::adopt(std::move(text), first, {100});
  CHECK(letters(99) == 't');
  small_vector nothing(0);
  const auto empty = array1::adopt(std::move(nothing), nothing.data(), {0});
  CHECK(empty.size() == 0);
}

TEST_CASE("what lies in an object, to the byte") {
  struct {
    char before[8];
    char object[8];
    char after[8];
  } memory;
  for (int first = -8; first <= 8; ++first) {
    for (int size = 0; size + first <= 16 && size <= 8; ++size) {
      const bool expected = size > 0 && first < 8 && first + size > 0;
      CHECK(deed::detail::lies_in(memory.object, memory.object + first, size) == expected);
    }
  }
  CHECK_FALSE(deed::detail::lies_in(memory.object, nullptr, 8));
  CHECK(deed::detail::lies_in(memory.object, memory.before, INT64_MAX));
}

TEST_CASE_FIXTURE(accounted, "owners of elements that are const") {
  std::unique_ptr<double[]> filled(new double[2]{1, 2});
  std::unique_ptr<const double[]> pointer = std::move(filled);
  const double *first = pointer.get();
  auto array = deed::array<const double, 1>::adopt(std::move(pointer), {2});
  CHECK(array.data() == first);
  CHECK(array(1) == 2);
  CHECK_FALSE(array.is_writable());
  CHECK(array.reclaim<std::unique_ptr<const double[]>>().get() == first);
  std::shared_ptr<const double[]> shared(new double[2]{3, 4});
  std::error_code code;
  CHECK(deed::array<const double, 1>::adopt(std::shared_ptr<const double[]>(shared), {2}, {}, code)(0) == 3);
  const auto reader = deed::array<const double, 1>::adopt(std::make_unique<double[]>(2), {2});
  CHECK(reader(0) == 0);
  const auto readers = deed::array<const double, 1>::adopt(std::vector<double>{5, 6});
  CHECK(readers(1) == 6);
}
