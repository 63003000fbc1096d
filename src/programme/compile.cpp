// A programme to shocks: each measure by its kind, then what only all of them together show.
#include <algorithm>

#include "kontor/base/error.h"
#include "kontor/programme/compile_years.h"
#include "kontor/programme/overlaps.h"
#include "programme/check_shocks.h"
#include "programme/kinds.h"

namespace kontor {

static std::vector<Shock> shocks_of(CompileContext& context, const std::vector<int>* years) {
  std::vector<Shock> shocks;
  for (const Written& measure : context.programme.measures)
    for (Shock& shock : find_measure_kind(measure.kind)->compile(measure, context))
      if (!years || std::find(years->begin(), years->end(), shock.year) != years->end()) shocks.push_back(std::move(shock));
  return shocks;
}

static Compiled compiled(const Programme& programme, const Accounts& accounts, const std::vector<int>* years) {
  Compiled result;
  result.defaults = programme.defaults;
  result.findings = programme.findings;
  CompileContext context{programme, accounts, result.defaults, result.findings};
  result.shocks = shocks_of(context, years);
  for (const Written& measure : programme.measures)
    if (measure.has("technology_like.region"))
      add_note(context, measure, "technology_like.region", "technology-like", "`technology_like` lets a flow begin that is zero today",
               "it enters with the amount that the measure states, made as its seller makes the product today",
               "leave it out where the seller sells to these buyers already");
  check_overlaps(programme, accounts, result.shocks, result.findings);
  check_sizes(programme, accounts, result.shocks, result.findings);
  flag_restricted(programme, accounts, result.shocks, result.findings);
  throw_if_errors(result.findings);
  return result;
}

Compiled compile(const Programme& programme, const Accounts& accounts) { return compiled(programme, accounts, nullptr); }

Compiled compile_years(const Programme& programme, const Accounts& accounts, const std::vector<int>& years) {
  return compiled(programme, accounts, &years);
}

std::vector<Overlap> overlaps_of_programme(const Programme& programme, const Accounts& accounts) {
  std::vector<DefaultUsed> defaults;
  Findings findings;  // compile() tells them
  CompileContext context{programme, accounts, defaults, findings};
  return find_overlaps(programme, accounts, shocks_of(context, nullptr));
}

}  // namespace kontor
