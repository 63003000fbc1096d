#include "kontor/report/findings_json.h"

#include <nlohmann/json.hpp>

namespace kontor {

std::string findings_json(const Findings& findings) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Finding& f : findings)
    list.push_back({{"code", f.code},
                    {"severity", severity_name(f.severity)},
                    {"file", f.file},
                    {"row", f.row},
                    {"column", f.column},
                    {"found", f.found},
                    {"expected", f.expected},
                    {"remedy", f.remedy}});
  return list.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace kontor
