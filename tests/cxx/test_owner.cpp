// SPDX-License-Identifier: BSD-3-Clause
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
