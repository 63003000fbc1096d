// 12 what the solution says about itself; 13 where the numbers come from and how to get them again.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kontor/base/files.h"
#include "report/number_format.h"
#include "report/sections.h"

namespace kontor {

// 3.1e-17 as people write it: 3.1 × 10^-17.
static std::string tiny(double value) {
  if (!std::isfinite(value)) return "n/a";
  if (value == 0.0) return "0";
  const int power = static_cast<int>(std::floor(std::log10(std::fabs(value))));
  if (power >= -3 && power <= 5) return rounded_number(value, 3);
  return fixed_number(value / std::pow(10.0, power), 1) + " \u00d7 10^" + (power < 0 ? "\u2212" : "") + std::to_string(std::abs(power));
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
                {"Unknowns", rounded_number(c.size, 9)},
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
  return html + table_html(identities, "No identity was checked.");
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
       "stored in units of " + rounded_number(r.accounts.scale, 9) + " " + r.accounts.currency}};
  if (!r.programme.deflator_source.empty())
    table.rows.push_back({"Deflator", r.programme.deflator_source, rounded_number(r.programme.deflator, 6)});
  for (const auto& [file, hash] : r.programme.inputs) table.rows.push_back({"Input", without_folder(file), hash});
  std::string html = table_html(table);
  HtmlTable sources{"Sources of the accounts", {"File", "Citation", "Licence", "Hash"}, {}, 4};
  for (const Source& s : r.accounts.sources) sources.rows.push_back({without_folder(s.file), s.citation, s.licence, s.sha256});
  html += table_html(sources, "The accounts name no sources.");
  html += "<h3>To get the same numbers again</h3>\n<pre><code>" + escaped("kontor run " + programme + " --out result") + "</code></pre>\n";
  if (!r.accounts.made_by.empty())
    html += paragraph("The accounts were made by:") + "<pre><code>" + escaped(r.accounts.made_by) + "</code></pre>\n";
  return html + paragraph(
                    "The same programme, accounts and version give the same bytes. The programme as run is in programme.toml, every number "
                    "in full precision in effects.csv, "
                    "the hashes of all files in datapackage.json, next to this page.");
}

}  // namespace kontor
