// A result as Python holds it, and what it was made from.
#pragma once

#include <filesystem>
#include <memory>

#include "kontor/kontor.h"
#include "kontor/report/result_inputs.h"

namespace kontor::python {

struct HeldResult {
  Result result;
  std::filesystem::path folder;  // where it was read from; empty: it was run here
};

using Held = std::shared_ptr<HeldResult>;

/// Calls use(accounts, programme, compiled, gross_only): what the result holds, or what lies where its folder says, or in
/// `accounts`.
template <class Use>
auto with_inputs(const Held& held, const std::filesystem::path& accounts, Use&& use) {
  const Result& here = held->result;
  if (held->folder.empty()) return use(here.accounts, here.programme, compile(here.programme, here.accounts), here.closures.empty());
  const ResultInputs there = inputs_of_result(held->folder, accounts);
  return use(there.accounts, there.programme, there.compiled, there.gross_only);
}

}  // namespace kontor::python
