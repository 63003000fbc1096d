// serve: the local page.
#include <unistd.h>

#include <iostream>

#include "draws_output.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "serve.h"
#include "verbs.h"

namespace kontor::cli {

static int port_from(const std::string& text) {
  if (text.empty()) return 0;
  const auto port = read_integer(text);
  if (!port || *port < 0 || *port > 65535)
    fail(Exit::usage, "usage", "", "", "--port", quoted(text), "a port from 1 to 65535, or 0 for any free one", "leave it out");
  return static_cast<int>(*port);
}

void add_serve(CLI::App& verb, Common& common) {
  static web::ServeOptions options;
  static std::string folder = ".", port;
  verb.add_option("FOLDER", folder, "project folder: accounts, programmes and results in it (default: the current one)");
  verb.add_option("--port", port, "port of 127.0.0.1 (default: a free one)");
  verb.add_flag("--allow-write", options.allow_write, "save programmes and results into the folder; without it nothing is written");
  verb.callback([&common] {
    keep_freed_memory();
    options.folder = folder, options.port = port_from(port);
    web::serve(options, [&](const std::string& address) {
      std::cout << address << std::endl;
      if (::isatty(STDERR_FILENO))
        say(common,
            std::string("open it in a browser of this machine; it works once. ") +
                (options.allow_write ? "The page may save into the folder." : "Nothing is written; --allow-write lets the page save.") +
                " Ctrl-C ends it");
    });
  });
}

}  // namespace kontor::cli
