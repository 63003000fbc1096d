#include "http_library.h"

#include <dlfcn.h>

#include "kontor/base/error.h"

namespace kontor::web {

template <class Function>
static void find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (!function)
    fail(Exit::environment, "no-microhttpd", "", "", "", std::string("libmicrohttpd has no ") + name, "version 0.9.71 or newer",
         "install libmicrohttpd12");
}

static MicroHttpd loaded() {
  void* library = ::dlopen("libmicrohttpd.so.12", RTLD_NOW | RTLD_LOCAL);
  if (!library)
    fail(Exit::environment, "no-microhttpd", "", "", "", "libmicrohttpd is not installed", "the library that the page is served with",
         "install libmicrohttpd12");
  MicroHttpd functions;
  find(library, "MHD_start_daemon", functions.start_daemon);
  find(library, "MHD_queue_response", functions.queue_response);
  find(library, "MHD_create_response_from_buffer", functions.response_from_buffer);
  find(library, "MHD_create_response_from_callback", functions.response_from_callback);
  find(library, "MHD_add_response_header", functions.add_response_header);
  find(library, "MHD_destroy_response", functions.destroy_response);
  find(library, "MHD_get_connection_values", functions.get_connection_values);
  find(library, "MHD_get_connection_info", functions.get_connection_info);
  return functions;
}

const MicroHttpd& microhttpd() {
  static const MicroHttpd functions = loaded();
  return functions;
}

}  // namespace kontor::web
