// Pictures of who sells to whom: what enters a node leaves it.
#include "kontor/indicators/product_flows.h"

#include <catch2/catch.hpp>
#include <map>

#include "kontor/base/error.h"
#include "support.h"

using namespace kontor;

TEST_CASE("flows between regions are sales for production and final use together") {
  const RegionFlows flows = region_flows(test::tiny_accounts());
  REQUIRE(flows.regions.size() == 2);
  CHECK(flows.values(0, 0) == Approx(10 + 20 + 20 + 30 + 50 + 100));
  CHECK(flows.values(0, 1) == Approx(5 + 5 + 10 + 10 + 10 + 30));
  CHECK(flows.values(1, 0) == Approx(5 + 10 + 5 + 10 + 10 + 10));
  CHECK(flows.values(1, 1) == Approx(20 + 15 + 15 + 20 + 40 + 40));
}

TEST_CASE("a chain's product is made of its output and goes to its output") {
  for (const std::size_t most : {std::size_t{2}, std::size_t{10}}) {
    const ProductChain chain = product_chain(test::tiny_accounts(), 0, 1, most);
    std::map<std::string, double> in, out;
    for (const ChainLink& link : chain.links) {
      CHECK(link.value > 0.0);
      out[link.from] += link.value, in[link.to] += link.value;
    }
    CHECK(in["product"] == Approx(200.0));
    CHECK(out["product"] == Approx(200.0));
    for (const ChainNode& node : chain.nodes) {
      CAPTURE(node.id);
      if (in.count(node.id) && out.count(node.id)) CHECK(in[node.id] == Approx(out[node.id]));
      CHECK(in.count(node.id) + out.count(node.id) > 0);
    }
    CHECK(chain.negative == 0.0);
  }
}

TEST_CASE("a region without the product is refused") { CHECK_THROWS_AS(product_chain(test::tiny_accounts(), 0, 7), Error); }
