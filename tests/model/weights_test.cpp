#include "kontor/model/weights.h"

#include <catch2/catch.hpp>

using namespace kontor;

// Two products, the first of two rows, the second of one; two groups.
static Weights small() {
  Matrix table(3, 2);
  table.values = {1, 2, 3, 4, 5, 6};
  return {table, {0, 2, 3}};
}

TEST_CASE("weights hold the table they are made of", "[weights]") {
  const Weights w = small();
  CHECK(w.rows() == 3);
  CHECK(w.columns() == 2);
  CHECK(w.parts() == 2);
  CHECK(w(1, 0) == 3);
  CHECK(w.row(2)[1] == 6);
  CHECK(w.part(1).size() == 2);
  CHECK(w.part(1).data() == w.part(0).data() + 4);  // one after the other, as they came
  CHECK(w.table().values == std::vector<double>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("a copy shares its parts until one of the two is edited", "[weights]") {
  const Weights first = small();
  Weights second = first;
  CHECK(second.shares_all(first));
  second.edit(0, 1, 0) = 30;
  CHECK(second.table().values == std::vector<double>{1, 2, 30, 4, 5, 6});
  CHECK(first.table().values == std::vector<double>{1, 2, 3, 4, 5, 6});
  CHECK_FALSE(second.shares_part(first, 0));
  CHECK(second.shares_part(first, 1));
  const double* const own = second.part(0).data();
  second.edit(0)[3] = 40;
  CHECK(second.part(0).data() == own);  // its own already
  CHECK(second(1, 1) == 40);
}

TEST_CASE("a part may be taken from another table", "[weights]") {
  const Weights base = small();
  Weights gross = base, net = base;
  gross.edit(0, 0, 0) = 10;
  net.share_part(gross, 0);
  CHECK(net.shares_all(gross));
  CHECK(net(0, 0) == 10);
  CHECK(base(0, 0) == 1);
}
