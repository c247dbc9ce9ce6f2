// SPDX-License-Identifier: BSD-3-Clause
// pybind11_peer.cpp - Python module: what pybind11's documentation says to write for the same.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <memory>

#include "kernels.h"

namespace py = pybind11;

namespace {

using matrix = py::array_t<double, py::array::f_style>;

struct owner {
  owner(py::ssize_t nx, py::ssize_t ny) : shape{nx, ny}, data(new double[static_cast<size_t>(nx * ny)]()) {}
  py::ssize_t shape[2];
  std::shared_ptr<double[]> data;
};

// The ndarray holds a share of the memory in a capsule.
py::array_t<double> to_numpy(const owner &self) {
  auto share = std::make_unique<std::shared_ptr<double[]>>(self.data);
  double *data = share->get();
  py::capsule base(share.get(), [](void *held) { delete static_cast<std::shared_ptr<double[]> *>(held); });
  (void)share.release();
  auto size_bytes = static_cast<py::ssize_t>(sizeof(double));
  return {{self.shape[0], self.shape[1]}, {size_bytes, self.shape[0] * size_bytes}, data, base};
}

void touch(matrix u) { bench_touch(u.mutable_data(), u.shape(0), u.shape(1)); }

void combine(matrix u, const matrix &v, const matrix &w, double a, double b) {
  bench_combine(u.mutable_data(), v.data(), w.data(), u.shape(0), u.shape(1), a, b);
}

void step(double dt, const matrix &h, const matrix &u, const matrix &v, matrix h_next, matrix u_next, matrix v_next,
          const matrix &depth, const matrix &friction, const matrix &source, matrix energy) {
  int nx = static_cast<int>(h.shape(0));
  int ny = static_cast<int>(h.shape(1));
  wave_step(&nx, &ny, &dt, h.data(), u.data(), v.data(), h_next.mutable_data(), u_next.mutable_data(),
            v_next.mutable_data(), depth.data(), friction.data(), source.data(), energy.mutable_data());
}

}  // namespace

// noconvert(): another type or order is refused instead of copied.
PYBIND11_MODULE(pybind11_peer, module) {
  py::class_<owner>(module, "Array").def(py::init<py::ssize_t, py::ssize_t>()).def("numpy", &to_numpy);
  module.def("touch", &touch, py::arg("u").noconvert());
  module.def("combine", &combine, py::arg("u").noconvert(), py::arg("v").noconvert(), py::arg("w").noconvert(),
             py::arg("a"), py::arg("b"));
  module.def("step", &step, py::arg("dt"), py::arg("h").noconvert(), py::arg("u").noconvert(), py::arg("v").noconvert(),
             py::arg("h_next").noconvert(), py::arg("u_next").noconvert(), py::arg("v_next").noconvert(),
             py::arg("depth").noconvert(), py::arg("friction").noconvert(), py::arg("source").noconvert(),
             py::arg("energy").noconvert());
}
