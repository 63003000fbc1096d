// libmicrohttpd, loaded when somebody serves: it brings a dozen libraries of its own (TLS and what that needs), which no other
// verb should have to load.
#pragma once

#include <microhttpd.h>

namespace kontor::web {

struct MicroHttpd {
  decltype(&MHD_start_daemon) start_daemon = nullptr;
  decltype(&MHD_queue_response) queue_response = nullptr;
  decltype(&MHD_create_response_from_buffer) response_from_buffer = nullptr;
  decltype(&MHD_create_response_from_callback) response_from_callback = nullptr;
  decltype(&MHD_add_response_header) add_response_header = nullptr;
  decltype(&MHD_destroy_response) destroy_response = nullptr;
  decltype(&MHD_get_connection_values) get_connection_values = nullptr;
  decltype(&MHD_get_connection_info) get_connection_info = nullptr;
};

/// Throws Error(environment) where the library is not installed.
const MicroHttpd& microhttpd();

}  // namespace kontor::web
