#include <catch2/catch.hpp>

#include <cmath>

#include "kontor/accounts/aggregate.h"
#include "kontor/base/error.h"
#include "kontor/base/sum.h"
#include "read/readers.h"
#include "read/wiod.h"
#include "read/wiod_jobs.h"
#include "support.h"

using namespace kontor;

static const std::string jobs_of_left = "region,industry,employment_1000,basis\nL,1,2.5,AGGREGATE\nL,2,0,AGGREGATE\n";

TEST_CASE("jobs come in as persons, and a region without data has no number rather than zero") {
  Accounts a = test::tiny_accounts();
  add_jobs(a, jobs_of_left, "jobs.csv", "code,group\n1,all\n2,all\n", "groups.csv");
  REQUIRE(a.satellites.size() == 1);
  CHECK(a.satellites[0].estimate);
  CHECK(a.satellites[0].unit == "persons");
  CHECK(a.satellites[0].resolution == Resolution::sector_group);
  CHECK(a.satellites[0].sector_group == std::vector<std::string>{"all", "all"});
  CHECK(a.satellite(0, 0) == 2500);
  CHECK(a.satellite(0, 1) == 0);
  CHECK(std::isnan(a.satellite(0, 2)));
  CHECK(a.notes.back() == "Jobs are not available for M.");
}

TEST_CASE("jobs of half a region, of nobody or twice are refused") {
  const auto refused = [](const std::string& text) {
    Accounts a = test::tiny_accounts();
    try {
      add_jobs(a, text, "jobs.csv", "", "");
    } catch (const Error& error) {
      return error.findings().front().code;
    }
    return std::string("accepted");
  };
  CHECK(refused("region,industry,employment_1000\nL,1,2\n") == "partial-region");
  CHECK(refused(jobs_of_left + "X,1,2,\n") == "unknown-region");
  CHECK(refused(jobs_of_left + "M,9,2,\n") == "unknown-sector");
  CHECK(refused(jobs_of_left + "M,1,-2,\n") == "not-a-number");
  CHECK(refused(jobs_of_left + "L,1,2,\n") == "duplicate-label");
}

TEST_CASE("the world of 2011 in 22 regions and 20 sectors balances, and jobs that miss a member are not available") {
  NEEDS_SHARED_DATA();
  const std::string here = std::string(KONTOR_SOURCE_DIR) + "/scripts/world-2011/";
  ImportOptions options;
  options.settings["jobs"] = test::shared_folder() / "data/ilo-employment/employment_wiod35_2011_estimate.csv";
  options.settings["job_groups"] = here + "job_groups.csv";
  const Accounts full = wiod_reader.read(test::shared_folder() / "data/wiod2013/wiot_2011.csv.gz", options).accounts;
  const Accounts world = aggregate(full, read_concordance(here + "regions.csv"), read_concordance(here + "sectors.csv"));
  REQUIRE(world.cells.size() == 22 * 20);
  CHECK(sum_of(world.output.values()) == 141767904);
  for (std::size_t i = 0; i < world.cells.size(); ++i)
    CHECK(sum_of(world.intermediate.row(i)) + sum_of(world.final_use.row(i)) == world.output(0, i));
  double jobs = 0;
  for (std::size_t r = 0; r < world.regions.size(); ++r) {
    const std::string& code = world.regions[r].code;
    const bool unknown = code == "CHN" || code == "IND" || code == "RoW";
    for (const int cell : cells_of(world, static_cast<int>(r))) {
      CHECK(std::isnan(world.satellite(0, cell)) == unknown);
      if (!unknown) jobs += world.satellite(0, cell);
    }
  }
  CHECK(jobs / 1e6 == Approx(823.4).margin(0.05));  // 38 regions, as the source's page says
}
