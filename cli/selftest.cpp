// selftest: the built-in worlds with known answers, computed here and now.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/model/selftest.h"
#include "kontor/report/text_table.h"
#include "verbs.h"

namespace kontor::cli {

using Json = nlohmann::ordered_json;

static std::string cases_json(const std::vector<SelftestCase>& cases) {
  Json list = Json::array();
  for (const SelftestCase& c : cases)
    list.push_back({{"world", c.world},
                    {"quantity", c.quantity},
                    {"source", c.source},
                    {"expected", c.expected},
                    {"got", c.got},
                    {"tolerance", c.tolerance},
                    {"ok", c.ok()}});
  return list.dump(1);
}

static std::string cases_csv(const std::vector<SelftestCase>& cases) {
  std::string text = "world,quantity,source,expected,got,tolerance,ok\n";
  for (const SelftestCase& c : cases)
    text += csv_field(c.world) + ',' + csv_field(c.quantity) + ',' + csv_field(c.source) + ',' + number_text(c.expected) + ',' +
            number_text(c.got) + ',' + number_text(c.tolerance) + ',' + (c.ok() ? "yes" : "no") + '\n';
  return text;
}

static std::string cases_text(const std::vector<SelftestCase>& cases) {
  PrintedTable table;
  table.title = "Built-in worlds with known answers";
  table.columns = {{"world"}, {"quantity"}, {"expected", true}, {"got", true}, {"tolerance", true}, {"ok"}};
  for (const SelftestCase& c : cases)
    table.rows.push_back({c.world, c.quantity, fmt::format("{:.10g}", c.expected), fmt::format("{:.10g}", c.got),
                          fmt::format("{:.1g}", c.tolerance), c.ok() ? "yes" : "NO"});
  return table_text(table, 60);
}

void add_selftest(CLI::App& verb, Common& common) {
  verb.callback([&common] {
    const std::vector<SelftestCase> cases = run_selftest();
    const auto failed = std::count_if(cases.begin(), cases.end(), [](const SelftestCase& c) { return !c.ok(); });
    if (common.json)
      std::cout << cases_json(cases) << '\n';
    else if (common.csv)
      std::cout << cases_csv(cases);
    else if (!common.quiet)
      std::cout << cases_text(cases)
                << fmt::format("\n{} of {} known answers reproduced\n", cases.size() - static_cast<std::size_t>(failed), cases.size());
    std::cout.flush();
    if (failed)
      fail(Exit::bug, "selftest", "", "", "",
           fmt::format("{} of {} known answers are not reproduced on this machine", failed, cases.size()), "all of them",
           "do not use this build; report it with the output of `kontor selftest --json` and `kontor --version`");
  });
}

}  // namespace kontor::cli
