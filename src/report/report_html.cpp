#include "kontor/report/write_result.h"
namespace kontor {
std::string report_html(const Result&) { return ""; }
}  // namespace kontor
