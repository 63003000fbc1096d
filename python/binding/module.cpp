// _kontor: the public headers as Python sees them. Nothing is computed here; the package kontor makes it pleasant.
#include "areas.h"
#include "kontor/base/error.h"
#include "kontor/base/parallel.h"
#include "kontor/base/version.h"
#include "kontor/model/blas.h"

namespace kontor::python {

static void use_threads(int threads) {
  if (threads < 1 || threads > 1024)
    fail(Exit::usage, "usage", "", "", "threads", std::to_string(threads), "a whole number from 1 to 1024",
         "leave it alone to use every core");
  set_thread_count(threads);
}

}  // namespace kontor::python

PYBIND11_MODULE(_kontor, module) {
  namespace own = kontor::python;
  module.doc() = "The compiled part of kontor. Use the package `kontor`.";
  own::bind_findings(module);  // first: types before the signatures that name them
  own::bind_accounts(module);
  own::bind_import(module);
  own::bind_indicators(module);
  own::bind_results(module);
  own::bind_scan(module);
  own::bind_lists(module);
  module.def("version", &kontor::version, "Version of the engine.");
  module.def("blas_kernels", &kontor::blas_kernels, "Processor family that OpenBLAS chose its kernels for.");
  module.def("use_threads", &own::use_threads, pybind11::arg("threads"), "Threads of all parallel loops, 1 to 1024.");
  module.def("thread_count", &kontor::thread_count, "Threads of all parallel loops.");
}
