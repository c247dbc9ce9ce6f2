// SPDX-License-Identifier: BSD-3-Clause
// nanobind_peer.cpp - Python module: what nanobind's documentation says to write for the same.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include <memory>

#include "kernels.h"

namespace nb = nanobind;

namespace {

using matrix = nb::ndarray<double, nb::ndim<2>, nb::f_contig, nb::device::cpu>;
using const_matrix = nb::ndarray<const double, nb::ndim<2>, nb::f_contig, nb::device::cpu>;
using numpy_matrix = nb::ndarray<nb::numpy, double, nb::ndim<2>, nb::f_contig>;

struct owner {
  owner(size_t nx, size_t ny) : shape{nx, ny}, data(new double[nx * ny]()) {}
  size_t shape[2];
  std::shared_ptr<double[]> data;
};

// The ndarray holds a share of the memory in a capsule.
numpy_matrix to_numpy(const owner &self) {
  auto share = std::make_unique<std::shared_ptr<double[]>>(self.data);
  double *data = share->get();
  nb::capsule base(share.get(), [](void *held) noexcept { delete static_cast<std::shared_ptr<double[]> *>(held); });
  (void)share.release();
  int64_t strides[2] = {1, static_cast<int64_t>(self.shape[0])};
  return numpy_matrix(data, 2, self.shape, base, strides);
}

int64_t extent(const matrix &u, size_t dimension) { return static_cast<int64_t>(u.shape(dimension)); }

void touch(matrix u) { bench_touch(u.data(), extent(u, 0), extent(u, 1)); }

void combine(matrix u, const_matrix v, const_matrix w, double a, double b) {
  bench_combine(u.data(), v.data(), w.data(), extent(u, 0), extent(u, 1), a, b);
}

void step(double dt, const_matrix h, const_matrix u, const_matrix v, matrix h_next, matrix u_next, matrix v_next,
          const_matrix depth, const_matrix friction, const_matrix source, matrix energy) {
  int nx = static_cast<int>(h.shape(0));
  int ny = static_cast<int>(h.shape(1));
  wave_step(&nx, &ny, &dt, h.data(), u.data(), v.data(), h_next.data(), u_next.data(), v_next.data(), depth.data(),
            friction.data(), source.data(), energy.data());
}

}  // namespace

// noconvert(): another type or order is refused instead of copied.
NB_MODULE(nanobind_peer, module) {
  nb::class_<owner>(module, "Array").def(nb::init<size_t, size_t>()).def("numpy", &to_numpy);
  module.def("touch", &touch, nb::arg("u").noconvert());
  module.def("combine", &combine, nb::arg("u").noconvert(), nb::arg("v").noconvert(), nb::arg("w").noconvert(),
             nb::arg("a"), nb::arg("b"));
  module.def("step", &step, nb::arg("dt"), nb::arg("h").noconvert(), nb::arg("u").noconvert(), nb::arg("v").noconvert(),
             nb::arg("h_next").noconvert(), nb::arg("u_next").noconvert(), nb::arg("v_next").noconvert(),
             nb::arg("depth").noconvert(), nb::arg("friction").noconvert(), nb::arg("source").noconvert(),
             nb::arg("energy").noconvert());
}
