// Accounts: blocks as views without a copy, labels as lists.
#include "kontor/accounts/accounts.h"

#include <pybind11/numpy.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "areas.h"
#include "kontor/accounts/check.h"
#include "kontor/accounts/store.h"
#include "open_accounts.h"
#include "watched.h"

namespace py = pybind11;

namespace kontor::python {

// The array's base is a copy of the block, which shares the numbers: they live as long as any array on them.
static py::array view_of(const Block& block, std::vector<py::ssize_t> shape) {
  auto* kept = new Block(block);
  const py::capsule keeper(kept, [](void* pointer) { delete static_cast<Block*>(pointer); });
  py::array_t<double> view(std::move(shape), kept->data(), keeper);
  view.attr("setflags")(py::arg("write") = false);
  return view;
}

static py::array table_view(const Block& block) {
  return view_of(block, {static_cast<py::ssize_t>(block.rows()), static_cast<py::ssize_t>(block.columns())});
}

static py::array row_view(const Block& block) { return view_of(block, {static_cast<py::ssize_t>(block.columns())}); }

static py::array value_added_of(const OpenAccounts& open) {
  const Accounts& a = open.accounts();
  py::array_t<double> values(static_cast<py::ssize_t>(a.cells.size()));
  for (std::size_t cell = 0; cell < a.cells.size(); ++cell)
    values.mutable_at(static_cast<py::ssize_t>(cell)) = value_added(a, static_cast<int>(cell));
  return values;
}

/// A list with one tuple for each of the rows.
template <class Rows, class Make>
static py::list listed(const Rows& rows, Make&& make) {
  py::list list;
  for (const auto& row : rows) list.append(make(row));
  return list;
}

static py::list regions(const OpenAccounts& open) {
  return listed(open.accounts().regions, [](const Region& r) { return py::make_tuple(r.code, r.name, r.parent, r.external); });
}

static py::list sectors(const OpenAccounts& open) {
  return listed(open.accounts().sectors, [](const Sector& s) { return py::make_tuple(s.code, s.name, s.classification); });
}

static py::list cells(const OpenAccounts& open) {
  const Accounts& a = open.accounts();
  return listed(a.cells, [&](const Cell& c) {
    return py::make_tuple(a.regions[static_cast<std::size_t>(c.region)].code, a.sectors[static_cast<std::size_t>(c.sector)].code);
  });
}

static py::list final_uses(const OpenAccounts& open) {
  const Accounts& a = open.accounts();
  return listed(a.final_uses, [&](const FinalUse& f) {
    return py::make_tuple(a.regions[static_cast<std::size_t>(f.region)].code, a.categories[static_cast<std::size_t>(f.category)].code);
  });
}

static py::list imports(const OpenAccounts& open) {
  const Accounts& a = open.accounts();
  return listed(a.imports, [&](const Import& i) {
    return py::make_tuple(a.regions[static_cast<std::size_t>(i.region)].code, a.sectors[static_cast<std::size_t>(i.sector)].code);
  });
}

static py::list primary_rows(const OpenAccounts& open) {
  return listed(open.accounts().primary_rows,
                [](const PrimaryRow& p) { return py::make_tuple(p.code, p.name, role_name(p.role), p.value_added); });
}

static py::list satellites(const OpenAccounts& open) {
  return listed(open.accounts().satellites,
                [](const Satellite& s) { return py::make_tuple(s.code, s.name, s.unit, s.estimate, s.source); });
}

static std::shared_ptr<OpenAccounts> open_folder(const std::filesystem::path& folder) {
  Accounts accounts;
  {
    const py::gil_scoped_release unlocked;
    accounts = read_accounts(folder);
  }
  return std::make_shared<OpenAccounts>(std::move(accounts), folder);
}

static Findings check(OpenAccounts& open, bool hashes, const py::object& progress) {
  return watched(progress, [&](const Told&) {
    if (hashes && !open.folder().empty()) verify_accounts(open.folder());
    return check_accounts(open.accounts(), open.folder().empty() ? open.accounts().title : open.folder().string());
  });
}

void bind_accounts(py::module_& module) {
  py::class_<OpenAccounts, std::shared_ptr<OpenAccounts>> type(module, "Accounts", "Accounts as they lie in a folder, mapped.");
  const auto said = [&](const char* name, auto member) {
    type.def_property_readonly(name, [member](const OpenAccounts& open) { return open.accounts().*member; });
  };
  said("title", &Accounts::title);
  said("year", &Accounts::year);
  said("price_year", &Accounts::price_year);
  said("currency", &Accounts::currency);
  said("scale", &Accounts::scale);
  said("valuation", &Accounts::valuation);
  said("made_by", &Accounts::made_by);
  said("notes", &Accounts::notes);
  type.def_property_readonly("kind", [](const OpenAccounts& open) { return kind_name(open.accounts().kind); });
  type.def_property_readonly("folder", [](const OpenAccounts& open) { return said_folder(open.folder()); });
  type.def_property_readonly("regions", &regions, "(code, name, parent, external).");
  type.def_property_readonly("sectors", &sectors, "(code, name, classification).");
  type.def_property_readonly("cells", &cells, "(region, sector).");
  type.def_property_readonly("final_uses", &final_uses, "(region, category).");
  type.def_property_readonly("imports", &imports, "(external region, sector).");
  type.def_property_readonly("primary_rows", &primary_rows, "(code, name, role, counts as value added).");
  type.def_property_readonly("satellites", &satellites, "(code, name, unit, estimate, source).");

  const auto block = [&](const char* name, Block Accounts::*member) {
    type.def_property_readonly(name, [member](const OpenAccounts& open) { return table_view(open.accounts().*member); });
  };
  block("Z", &Accounts::intermediate);
  block("Y", &Accounts::final_use);
  block("M", &Accounts::imports_intermediate);
  block("M_final", &Accounts::imports_final);
  block("V", &Accounts::primary);
  block("V_final", &Accounts::primary_final);
  block("F", &Accounts::satellite);
  block("F_Y", &Accounts::satellite_final);
  block("distance", &Accounts::distance);
  type.def_property_readonly("x", [](const OpenAccounts& open) { return row_view(open.accounts().output); });
  type.def("value_added", &value_added_of, "Sum of the primary rows that count as value added, by cell.");
  type.def("check", &check, py::arg("hashes") = true, py::arg("progress") = py::none(), "All findings, worst or not.");
  type.def(
      "write",
      [](const OpenAccounts& open, const std::filesystem::path& folder, bool force) {
        const py::gil_scoped_release unlocked;
        write_accounts(open.accounts(), folder, force);
      },
      py::arg("folder"), py::arg("force") = false, "Writes the folder whole or not at all.");

  module.def("read_accounts", &open_folder, py::arg("folder"), "Opens an accounts folder by mapping it.");
}

}  // namespace kontor::python
