// Results: read, compared, explained; runs that make them.
#include "json_body.h"
#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/indicators/explain.h"
#include "kontor/report/compare.h"
#include "kontor/report/explanation.h"
#include "kontor/report/result_inputs.h"
#include "service.h"

namespace kontor::web {

static HttpAnswer result(Service& service, const HttpRequest&, const Ids& ids) {
  const auto open = service.results.open(ids[0]);
  return json_answer("{\"id\": " + dumped(open->id) + ", \"saved\": " + (open->saved ? "true" : "false") +
                     ",\n\"about\": " + open->file("about.json") + ",\"summary\": " + dumped(open->result.answer) +
                     ",\n\"certificate\": " + open->file("certificate.json") + ",\"provenance\": " + open->file("provenance.json") +
                     ",\"toml\": " + dumped(open->result.programme.text) + ",\n\"indicators\": " + indicator_counts(*open) + "}\n");
}

static HttpAnswer rows(Service& service, const HttpRequest& request, const Ids& ids) {
  return json_answer(rows_answer(*service.results.open(ids[0]), request));
}

static const char* type_of_file(std::string_view name) {
  return name.ends_with(".csv")    ? "text/csv; charset=utf-8"
         : name.ends_with(".html") ? "text/html; charset=utf-8"
         : name.ends_with(".json") ? "application/json"
                                   : "text/plain; charset=utf-8";
}

// Names come from our own list, so that nothing of a programme's title stands in a header.
static HttpAnswer file(Service& service, const HttpRequest&, const Ids& ids) {
  if (!is_result_file(ids[1])) fail(Exit::usage, "unknown-id", "", "", "", "a result has no such file", "a file of a result folder", "");
  HttpAnswer found = json_answer(service.results.open(ids[0])->file(ids[1]));
  found.type = type_of_file(ids[1]);
  found.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + ids[1] + "\"");
  return found;
}

static HttpAnswer compared(Service& service, const HttpRequest& request, const Ids&) {
  const auto a = service.results.open(request.parameter("a").value_or("")), b = service.results.open(request.parameter("b").value_or(""));
  return json_answer(comparison_json(compare(a->result, b->result, request.parameter("all").has_value())));
}

static HttpAnswer explained(Service& service, const HttpRequest& request, const Ids&) {
  const Json body = read_body(request.body);
  const auto open = service.results.open(text_member(body, "result"));
  ExplainQuestion question;
  question.indicator = text_member(body, "indicator"), question.region = text_member(body, "region", "");
  question.sector = text_member(body, "sector", ""), question.closure = text_member(body, "closure", "");
  const long year = number_member(body, "year", 0);
  if (year < 0 || year > 9999) fail(Exit::usage, "unknown-year", "", "", "year", "no year", "a year of the horizon", "");
  question.year = static_cast<int>(year);
  if (open->saved) {
    const ResultInputs inputs = inputs_of_result(open->folder);
    return json_answer(explanation_json(explain(inputs.accounts, inputs.programme, inputs.compiled, question), question));
  }
  const Compiled compiled = compile(open->result.programme, open->result.accounts);
  return json_answer(explanation_json(explain(open->result.accounts, open->result.programme, compiled, question), question));
}

// --- runs ------------------------------------------------------------------------------------------

// A folder beside the programme. What stands there already is refused when it is written, and here, before the work.
static std::filesystem::path folder_to_save(const Service& service, const Item& programme, const std::string& name) {
  if (name.empty()) return {};
  if (!service.allow_write)
    fail(Exit::usage, "read-only", "", "", "save", "this server does not write", "results that stay in memory, or a server that may write",
         "start `kontor serve` with --allow-write");
  const bool plain =
      name.size() <= 64 && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == std::string::npos;
  if (!plain) fail(Exit::usage, "bad-name", "", "", "save", quoted(name), "letters, digits, - and _, at most 64", "choose another name");
  const std::filesystem::path folder = programme.path.parent_path() / (name.rfind("result", 0) == 0 ? name : "result-" + name);
  if (std::error_code ignored; std::filesystem::exists(folder, ignored))
    fail(Exit::environment, "output-exists", folder.string(), "", "save", "there is something of this name already",
         "nothing is overwritten unasked", "choose another name");
  return folder;
}

static void take_options(const Json& body, RunOptions& options) {
  const Json chosen = body.contains("options") && body["options"].is_object() ? body["options"] : Json::object();
  const long draws = number_member(chosen, "draws", 0);
  if (draws < 0 || draws > 1000000)
    fail(Exit::usage, "no-draws", "", "", "draws", std::to_string(draws) + " draws", "0 to 1000000", "0 for the central case alone");
  if (draws > 0) options.draws.first = 1, options.draws.last = draws;
  options.gross_only = flag_member(chosen, "gross_only", false);
  const std::string rule = text_member(chosen, "attribution", "path");
  if (rule != "path" && rule != "shapley" && rule != "none")
    fail(Exit::usage, "usage", "", "", "attribution", "unknown rule " + quoted(rule), "path, shapley or none",
         did_you_mean(rule, {"path", "shapley", "none"}));
  options.attribution.path = rule != "none", options.attribution.shapley = rule == "shapley";
  if (draws > 0 && options.gross_only)
    fail(Exit::usage, "usage", "", "", "draws", "draws of the gross effects", "draws are of the net effect", "leave one of the two out");
}

static HttpAnswer run(Service& service, const HttpRequest& request, const Ids&) {
  const Json body = read_body(request.body);
  const Item item = service.project.item(ItemKind::programme, text_member(body, "programme"));
  RunOptions options;
  options.programme = item.path;
  options.text = programme_text(request, item);
  needed_accounts(service, options.text, item.path);
  take_options(body, options);
  const std::string save = text_member(body, "save", "");
  const std::filesystem::path folder = folder_to_save(service, item, save);
  return json_answer(dumped({{"job", service.jobs.add(item.id, std::move(options), folder, item.path.stem().string())}}));
}

static HttpAnswer job(Service& service, const HttpRequest&, const Ids& ids) { return json_answer(service.jobs.state(ids[0])); }

static HttpAnswer jobs(Service& service, const HttpRequest&, const Ids&) { return json_answer(service.jobs.under_way()); }

static HttpAnswer cancel(Service& service, const HttpRequest&, const Ids& ids) { return json_answer(service.jobs.cancel(ids[0])); }

static HttpAnswer events(Service& service, const HttpRequest&, const Ids& ids) {
  HttpAnswer stream;
  stream.type = "text/event-stream", stream.stream = service.jobs.events(ids[0]);
  return stream;
}

std::span<const Route> result_routes() {
  static constexpr Route routes[] = {{"GET", "/api/results/*", result},
                                     {"GET", "/api/results/*/rows", rows},
                                     {"GET", "/api/results/*/file/*", file},
                                     {"GET", "/api/compare", compared},
                                     {"POST", "/api/explain", explained},
                                     {"POST", "/api/run", run},
                                     {"GET", "/api/jobs", jobs},
                                     {"GET", "/api/jobs/*", job},
                                     {"GET", "/api/jobs/*/events", events},
                                     {"POST", "/api/jobs/*/cancel", cancel}};
  return routes;
}

}  // namespace kontor::web
