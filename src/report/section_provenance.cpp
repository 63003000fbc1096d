// 12 what the solution says about itself; 13 where the numbers come from and how to get them again.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/files.h"
#include "kontor/base/text.h"
#include "report/net_view.h"
#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

// 3.1e-17 as people write it, with a raised power of ten.
static std::string tiny(double value) {
  if (!std::isfinite(value)) return "n/a";
  if (value == 0.0) return "0";
  const std::string text = fmt::format("{:.1e}", value);  // rounded before it is taken apart: 9.96e-7 is 1.0e-6
  const std::size_t e = text.find('e');
  const int power = std::stoi(text.substr(e + 1));
  if (power >= -3 && power <= 5) return rounded_number(value, 3);
  static const char* raised[] = {"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074", "\u2075", "\u2076", "\u2077", "\u2078", "\u2079"};
  std::string exponent = power < 0 ? "\u207b" : "";
  for (const char digit : std::to_string(std::abs(power))) exponent += raised[digit - '0'];
  return text.substr(0, e) + " \u00d7 10" + exponent;
}

// Each citation once, with the files that came under it; their hashes folded away.
static std::string sources_html(const Accounts& accounts) {
  std::vector<std::pair<std::string, std::vector<std::string>>> cited;
  HtmlTable hashes{"Files the accounts were made from", {"File", "SHA-256"}, {}, 2};
  for (const Source& s : accounts.sources) {
    const std::string citation = s.citation + (s.licence.empty() ? "" : " Licence: " + s.licence);
    auto at = std::find_if(cited.begin(), cited.end(), [&](const auto& c) { return c.first == citation; });
    if (at == cited.end()) at = cited.insert(cited.end(), {citation, {}});
    at->second.push_back(without_folder(s.file));
    hashes.rows.push_back({without_folder(s.file), s.sha256});
  }
  if (cited.empty()) return paragraph("The accounts name no sources.", "none");
  std::vector<std::string> items;
  for (const auto& [citation, files] : cited) items.push_back(citation + " (" + joined(files, ", ") + ")");
  return "<h3>Sources of the accounts</h3>\n" + bullets(items) + details("Hashes of these files", table_html(hashes));
}

// One table a closure: the equilibrium model says how well it was solved, too.
static std::string closure_certificates_html(const ReportView& view) {
  std::string html;
  for (const NetColumn& column : net_columns(view)) {
    const Certificate& c = column.run->certificate;
    HtmlTable table{"Equilibrium, " + column.name, {"", "Value"}, {}, 2};
    table.rows = {{"Outcome", c.outcome},
                  {"Accepted by", c.criterion},
                  {"Unknowns", fixed_number(c.size, 0)},
                  {"Most iterations of a solve", std::to_string(c.iterations)},
                  {"Largest residual of all solves", tiny(c.residual)},
                  {"Largest gap of a market, over the region's mean output", tiny(c.market)},
                  {"Walras: sum of the regions' imbalances over world income", tiny(c.walras)},
                  {"Starts tried, different solutions found", std::to_string(c.starts) + ", " + std::to_string(c.solutions)}};
    html += table_html(table);
  }
  return html;
}

std::string section_certificate(const ReportView& view) {
  const Certificate& c = view.result.certificate;
  std::string html =
      view.answered
          ? paragraph("Solved. At least " + count_text(static_cast<std::size_t>(std::max(c.digits, 0.0))) +
                      " digits of every number are guaranteed against rounding; " + count_text(static_cast<std::size_t>(fewest_digits)) +
                      " are required. This says nothing about the data or the model, only that the arithmetic holds.")
          : paragraph("Not solved: " + c.outcome, "warning");
  HtmlTable table{"Certificate", {"", "Value"}, {}, 2};
  table.rows = {{"Model", c.model},
                {"Outcome", c.outcome},
                {"Accepted by", c.criterion},
                {"Unknowns", fixed_number(c.size, 0)},
                {"Steps of refinement", std::to_string(c.iterations)},
                {"Backward error, on the user's table", tiny(c.backward_error)},
                {"Condition estimate", tiny(c.condition)},
                {"Guaranteed digits", rounded_number(std::max(c.digits, 0.0), 3)},
                {"Largest column sum of the coefficients",
                 rounded_number(c.largest_column_sum, 4) + (c.largest_column.empty() ? "" : " (" + c.largest_column + ")")},
                {"Spectral radius, estimated", rounded_number(c.spectral_radius, 4)}};
  html += table_html(table);
  HtmlTable identities{"Identities checked on the user's own table", {"Identity", "Holds", "Gap", "Bound"}, {}, 2};
  for (const Identity& i : c.identities) identities.rows.push_back({i.name, i.holds() ? "yes" : "no", tiny(i.gap), tiny(i.bound)});
  return html + table_html(identities, "No identity was checked.") + closure_certificates_html(view);
}

std::string section_provenance(const ReportView& view) {
  const Result& r = view.result;
  const std::string programme = r.programme.file.empty() ? "programme.toml" : without_folder(r.programme.file);
  HtmlTable table{"Made from; hashes are SHA-256", {"What", "Name", "Hash or value"}, {}, 3};
  table.rows = {
      {"Engine", "kontor", r.engine_version},
      {"Model and closure", r.certificate.model, r.programme.closure},
      {"Programme", programme, sha256(r.programme.text)},
      {"Accounts", r.accounts.title + " (" + r.accounts_folder.filename().string() + ")", r.accounts_fingerprint},
      {"Money", r.accounts.currency + " of " + std::to_string(r.accounts.price_year) + ", " + r.accounts.valuation + " prices, a year",
       "stored in units of " + fixed_number(r.accounts.scale, 0) + " " + r.accounts.currency}};
  if (!r.programme.deflator_source.empty())
    table.rows.push_back({"Deflator", r.programme.deflator_source, rounded_number(r.programme.deflator, 6)});
  for (const auto& [file, hash] : r.programme.inputs) table.rows.push_back({"Input", without_folder(file), hash});
  std::string html = table_html(table);
  html += sources_html(r.accounts);
  html += "<h3>To get the same numbers again</h3>\n<pre><code>" + escaped("kontor run " + programme + " --out result") + "</code></pre>\n";
  if (!r.accounts.made_by.empty())
    html += paragraph("The accounts were made by:") + "<pre><code>" + escaped(r.accounts.made_by) + "</code></pre>\n";
  return html + paragraph(
                    "The same programme, accounts and version give the same bytes. The programme as run is in programme.toml, every number "
                    "in full precision in effects.csv, "
                    "the hashes of all files in datapackage.json, next to this page.");
}

}  // namespace kontor
