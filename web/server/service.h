// What answers: one function a path, each with what it needs of the folder, the results and the jobs.
#pragma once

#include "http.h"
#include "jobs.h"
#include "live_models.h"
#include "project.h"
#include "results.h"

namespace kontor::web {

struct Service {
  Project project;
  Results results;
  Jobs jobs;
  LiveModels live;
  const bool allow_write;

  Service(const std::string& folder_name, bool may_write)
      : project(folder_name), results(project), jobs(project, results), allow_write(may_write) {}
};

/// Answers what the gate has let in. Whatever goes wrong becomes findings with a status: 400 for a wrong question, 404 for what
/// is not there, 409 for what is there already, 422 where data, programme or model say no, 500 for the rest.
HttpAnswer answer(Service& service, const HttpRequest& request);

/// One segment of a path may stand for any id: "/api/jobs/*/events". `ids` takes what stands there.
bool matches(const std::string& path, const char* pattern, std::vector<std::string>& ids);

using Ids = std::vector<std::string>;
struct Route {
  const char* method;
  const char* pattern;
  HttpAnswer (*function)(Service& service, const HttpRequest& request, const Ids& ids);
};

std::span<const Route> project_routes();
std::span<const Route> programme_routes();
std::span<const Route> result_routes();

HttpAnswer json_answer(std::string json);

/// The accounts that a programme names. Throws Error(data) where the project does not hold them, or the text names none.
Item needed_accounts(Service& service, const std::string& text, const std::filesystem::path& file);

/// The text of a programme: `toml` of the body, or that of the file. Not beyond what a programme may hold.
std::string programme_text(const HttpRequest& request, const Item& item);

}  // namespace kontor::web
