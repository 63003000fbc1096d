// The page: sections one after the other. No script, nothing fetched, every text escaped on its way in.
#include "kontor/indicators/effects.h"
#include "kontor/report/write_result.h"
#include "report/report_style.h"
#include "report/sections.h"

namespace kontor {

static constexpr Section sections[] = {
    {"answer", "The answer", false, section_answer},
    {"net", "From gross to net", true, section_gross_to_net},
    {"regions", "Regions: who gains, who loses", true, section_regions},
    {"sectors", "Sectors", true, section_sectors},
    {"trade", "Trade between regions", true, section_trade},
    {"dependence", "Who depends on whom", true, section_dependence},
    {"portfolio", "The portfolio", false, section_portfolio},
    {"measures", "Each measure", true, section_measures},
    {"pipeline", "Pipeline, apart", true, section_pipeline},
    {"payers", "Who pays", false, section_payers},
    {"uncertainty", "How sure", true, section_uncertainty},
    {"assumptions", "Assumptions and defaults", false, section_assumptions},
    {"quality", "Quality and age of the data", false, section_quality},
    {"certificate", "Certificate", false, section_certificate},
    {"provenance", "Provenance, and how to get the same again", false, section_provenance},
    {"opportunities", "What nobody has written down", true, section_opportunities},
};

static std::string header_html(const ReportView& view) {
  const Programme& p = view.result.programme;
  const Accounts& a = view.result.accounts;
  std::string html = "<header>\n<h1>" + escaped(p.title.empty() ? p.id : p.title) + "</h1>\n";
  html += paragraph("Effects of the programme " + p.id + " on the regions of: " + a.title + ". Horizon " + std::to_string(p.first_year) +
                    "\u2013" + std::to_string(p.last_year) + ".");
  html += paragraph("In the economy of " + std::to_string(a.year) + ", no forecast. Money in " + money_unit(a) + " of " +
                    std::to_string(a.price_year) + " where no other unit is named, " + a.valuation + " prices, a year.");
  return html + "</header>\n";
}

static std::string contents_html() {
  std::string html = "<nav aria-label=\"Contents\">\n<ol>\n";
  for (const Section& s : sections) html += std::string("<li><a href=\"#") + s.id + "\">" + s.title + "</a></li>\n";
  return html + "</ol>\n</nav>\n";
}

std::string report_html(const Result& result) {
  const ReportView view(result);
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action "
      "'none'\">\n<title>";
  html += escaped(result.programme.title.empty() ? result.programme.id : result.programme.title) + "</title>\n<style>" + report_style +
          "</style>\n</head>\n<body>\n";
  html += "<a class=\"skip\" href=\"#answer\">Skip to the answer</a>\n" + header_html(view) + contents_html() + "<main>\n";
  int number = 0;
  for (const Section& s : sections) {
    const std::string id = s.id;
    html += "<section id=\"" + id + "\" aria-labelledby=\"" + id + "-head\">\n<h2 id=\"" + id + "-head\"><span class=\"no\">" +
            std::to_string(++number) + "</span>" + s.title + "</h2>\n";
    html += s.needs_numbers && !view.answered
                ? paragraph("There are no numbers here: the certificate does not allow any (see the section Certificate).", "warning")
                : s.write(view);
    html += "</section>\n";
  }
  html += "</main>\n<footer>kontor " + escaped(result.engine_version) + ". Full precision: effects.csv.</footer>\n</body>\n</html>\n";
  return html;
}

}  // namespace kontor
