#include "host/answers/compare_laws/law_candidates.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/option_error.h"
#include "host/base/text.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

ReadOptions read_options_for(const LawEntry& law, const RunSource& source) {
  ReadOptions read = source.read;
  read_for(law, read);
  return read;
}

// Adds the law if the runs can be read for it; else it is passed over, with the reader's reason.
void try_law(const CsvTable& table, const RunSource& source, const LawEntry& law, Candidates& out) {
  const std::string wanted = source.read.response.empty() ? "loss" : source.read.response;
  if (law.response != wanted) {
    out.passed.push_back({law.name, fmt::format("it predicts {}", law.response)});
    return;
  }
  try {
    runs_of(table, read_options_for(law, source));
    out.laws.emplace_back(law.name, law);
  } catch (const InputError& error) {
    out.passed.push_back({law.name, error.message});
  }
}

void add_named(const CsvTable& table, const RunSource& source, const FitOptions& options,
               const std::vector<std::string>& names, Candidates& out) {
  for (const std::string& name : names) {
    const auto is_same = [&](const auto& own) { return own.first == name; };
    const LawRequest request{name, {}, !options.linear_residual, source.read.response};
    about_option("laws", name, [&] {
      require(std::none_of(out.laws.begin(), out.laws.end(), is_same),
              fmt::format("the law {} is named twice", shown(name)), "name it once");
      out.laws.emplace_back(name, choose_law(request, table.names()));
    });
  }
}

// What every law reads, once.
ReadOptions read_options_for_all(const Candidates& candidates, const RunSource& source) {
  ReadOptions out = read_options_for(candidates.laws.front().second, source);
  for (const auto& [name, law] : candidates.laws) {
    const ReadOptions own = read_options_for(law, source);
    if (own.response != out.response)
      throw InputError(
          "", 0, "",
          fmt::format("{} predicts {} and {} another measure", shown(candidates.laws.front().first),
                      candidates.laws.front().second.response, shown(name)),
          "compare laws of one response");
    out.positive_response = out.positive_response || own.positive_response;
    for (const InputColumn& input : own.inputs) {
      const auto at = std::find_if(out.inputs.begin(), out.inputs.end(),
                                   [&](const auto& known) { return known.name == input.name; });
      if (at == out.inputs.end()) {
        out.inputs.push_back(input);
      } else {
        at->positive = at->positive || input.positive;
      }
    }
  }
  return out;
}

// Of the field's first law, or of another where that can be compared; empty without one.
std::string reason_of_one(const std::vector<PassedLaw>& passed) {
  const PassedLaw* own = nullptr;
  for (const PassedLaw& of : passed)
    if (own == nullptr || of.name == "chinchilla") own = &of;
  return own == nullptr ? "" : fmt::format(" ({}: {})", own->name, own->reason);
}

}  // namespace

Candidates candidates_of(const RunSource& source, const std::vector<std::string>& names,
                         const FitOptions& options) {
  const auto table = table_of(source);
  Candidates out;
  if (!names.empty()) {
    add_named(*table, source, options, names, out);
  } else {
    for (const LawEntry& law : all_laws()) try_law(*table, source, law, out);
  }
  if (out.laws.size() < 2)
    throw InputError(
        "", 0, "",
        fmt::format("{} can be compared{}",
                    out.laws.empty() ? "no law" : fmt::format("only {}", out.laws[0].first),
                    reason_of_one(out.passed)),
        "name two or more that the columns allow: ``laws`` chinchilla,coupled,'E + A/N^a'");
  out.runs = runs_of(*table, read_options_for_all(out, source));
  for (auto& [name, law] : out.laws)
    if (!law.log_residual) law = scaled_to(law, out.runs);
  return out;
}

}  // namespace isoloss
