#include "decompose_exports.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "kontor/base/parallel.h"
#include "kontor/base/text.h"

namespace kontor {

namespace {

/// An exporter with the partners of one answer, and the world it stands in.
struct Job {
  std::size_t answer = 0;
  const ChainEconomy* exporter = nullptr;
  std::vector<const ChainEconomy*> partners, world;  // the world without the exporter
  std::size_t home = 0;                              // row of its home use among the solved
};

/// Solved use: L Y_ss and L Y_s. of each exporter, L Y_home of each world.
struct SolvedUses {
  Matrix answers;
  std::map<const ChainEconomy*, std::size_t> own;
};

}  // namespace

static const Term& term_named(const char* name) {
  for (const Term& term : decomposition_terms())
    if (std::string_view(term.name) == name) return term;
  return decomposition_terms().front();
}

// Use of every economy of what it makes itself, by cell.
static std::vector<double> home_use(const Picture& picture, const Job& job) {
  std::vector<double> use(picture.system().size());
  std::vector<const ChainEconomy*> all = job.world;
  all.push_back(job.exporter);
  for (const ChainEconomy* economy : all)
    for (const std::size_t j : economy->cells) use[j] = in_regions(picture.final_use().row(j), *economy);
  return use;
}

static SolvedUses solved_uses(const Picture& picture, std::vector<Job>& jobs) {
  std::vector<std::vector<double>> rows;
  std::map<std::vector<double>, std::size_t> homes;  // worlds that are divided alike share one
  SolvedUses solved;
  for (Job& job : jobs) {
    if (solved.own.emplace(job.exporter, rows.size()).second) {
      std::vector<double> own(picture.system().size()), out(own.size());
      for (const std::size_t j : job.exporter->cells)
        for (std::size_t l = 0; l < job.exporter->has.size(); ++l) (job.exporter->has[l] ? own : out)[j] += picture.final_use()(j, l);
      rows.push_back(std::move(own)), rows.push_back(std::move(out));
    }
    std::vector<double> home = home_use(picture, job);
    const auto known = homes.emplace(home, rows.size());
    job.home = known.first->second;
    if (known.second) rows.push_back(std::move(home));
  }
  Matrix panel(rows.size(), picture.system().size());
  for (std::size_t k = 0; k < rows.size(); ++k) std::copy(rows[k].begin(), rows[k].end(), panel.row(k).begin());
  solved.answers = picture.system().solve(panel).answers;
  return solved;
}

static Matrix columns_of(const LeontiefSystem& system, const ChainEconomy& economy) {
  Matrix units(economy.cells.size(), system.size());
  for (std::size_t k = 0; k < units.rows; ++k) units(k, economy.cells[k]) = 1.0;
  return system.solve(units).answers;
}

// Sums over the partners of the answer, by cell.
static void add_row(DecomposedExports& answer, const Term* term, const Matrix& by_partner, std::size_t row) {
  answer.terms[row] = term;
  for (std::size_t i = 0; i < by_partner.rows; ++i)
    for (std::size_t r = 0; r < by_partner.columns; ++r) answer.values(row, i) += by_partner(i, r);
}

static void fill(DecomposedExports& answer, const DecompositionMethod& method, const Exports& exports) {
  const Matrix gross = gross_exports(exports);
  const Parts parts = exports.exporter->cells.empty() ? Parts(method.parts.size(), gross) : method.parts_of(exports);
  const std::size_t count = 1 + method.parts.size() + method.sums.size() + 1;
  answer.cells = exports.exporter->cells;
  answer.terms.resize(count);
  answer.values = Matrix(count, answer.cells.size());
  add_row(answer, &term_named("EXGR"), gross, 0);
  for (std::size_t k = 0; k < parts.size(); ++k) add_row(answer, &method.parts[k], parts[k], 1 + k);
  for (std::size_t k = 0; k < method.sums.size(); ++k) {
    const std::size_t row = 1 + parts.size() + k;
    answer.terms[row] = &method.sums[k].term;
    for (const std::string& part : split(method.sums[k].parts, ' ')) {
      std::size_t p = 0;
      while (p < parts.size() && part != method.parts[p].name) ++p;
      for (std::size_t i = 0; i < answer.cells.size(); ++i) answer.values(row, i) += answer.values(1 + p, i);
    }
  }
  add_row(answer, &term_named("OTHER"), unexplained_exports(exports, gross), count - 1);
}

static std::vector<Job> jobs_of(const Chains& chains, const DecompositionQuestion& q, std::vector<DecomposedExports>& answers) {
  std::vector<Job> jobs;
  std::vector<int> partners(std::max<std::size_t>(q.partners.size(), 1), -1);
  if (!q.partners.empty()) std::iota(partners.begin(), partners.end(), 0);
  for (std::size_t s = 0; s < q.regions.size(); ++s) {
    const ChainEconomy& exporter = chains.economy(q.regions[s].regions);
    for (const int p : partners) {
      Job job{answers.size(), &exporter, {}, {}, 0};
      std::vector<const ChainEconomy*> taken = {&exporter};
      if (p >= 0) {
        std::vector<int> outside;
        for (const int r : q.partners[static_cast<std::size_t>(p)].regions)
          if (!q.regions[s].has(r)) outside.push_back(r);
        if (outside.empty()) continue;
        job.partners = {&chains.economy(outside)};
        taken.push_back(job.partners.front());
      }
      job.world = chains.others(taken, q.level);
      job.world.insert(job.world.end(), job.partners.begin(), job.partners.end());
      if (p < 0) job.partners = job.world;
      const bool available = !exporter.external && !exporter.cells.empty();
      answers.push_back({static_cast<int>(s), p, available, {}, {}, {}});
      if (available) jobs.push_back(std::move(job));
    }
  }
  return jobs;
}

static void make_shared(const Chains& chains, const DecompositionQuestion& q, const std::vector<Job>& jobs, bool columns) {
  std::vector<const ChainEconomy*> exporters, partners;
  for (const Job& job : jobs) {
    if (exporters.empty() || exporters.back() != job.exporter) exporters.push_back(job.exporter);
    for (const ChainEconomy* partner : job.partners)
      if (std::find(partners.begin(), partners.end(), partner) == partners.end()) partners.push_back(partner);
  }
  chains.picture().sales(), chains.picture().called_for();
  chains.make_contents(exporters);
  chains.make_local_uses(partners);
  if (!columns) chains.make_blocks(exporters);
  if (q.method->needs.uses) chains.make_contents(partners), chains.make_looped_uses(partners);
}

std::vector<DecomposedExports> decompose_exports(const Picture& picture, const DecompositionQuestion& q) {
  const Chains& chains = picture.chains();
  std::vector<DecomposedExports> answers;
  std::vector<Job> jobs = jobs_of(chains, q, answers);
  const bool with_columns = q.method->needs.columns || by_pair(q.perspective);
  make_shared(chains, q, jobs, with_columns);
  SolvedUses uses;
  if (q.method->needs.uses) uses = solved_uses(picture, jobs);

  const auto work = [&](const Job& job, const Matrix* columns) {
    Exports exports{&chains, job.exporter, job.partners, q.perspective, columns, {}, {}, {}};
    if (q.method->needs.uses) {
      const std::size_t own = uses.own.at(job.exporter);
      exports.own_use = uses.answers.row(own), exports.exported_use = uses.answers.row(own + 1);
      exports.home_use = uses.answers.row(job.home);
    }
    fill(answers[job.answer], *q.method, exports);
  };
  if (!with_columns) {
    for_each_block(jobs.size(), thread_count(), [&](std::size_t k) { work(jobs[k], nullptr); });
    return answers;
  }
  // Columns of L are kept for one exporter at a time.
  for (std::size_t first = 0, last; first < jobs.size(); first = last) {
    for (last = first; last < jobs.size() && jobs[last].exporter == jobs[first].exporter;) ++last;
    const Matrix columns = columns_of(picture.system(), *jobs[first].exporter);
    for_each_block(last - first, thread_count(), [&](std::size_t k) { work(jobs[first + k], &columns); });
  }
  return answers;
}

}  // namespace kontor
