#include "host/commands/documents.h"

#include <unistd.h>

#include "host/base/error.h"
#include "host/base/standard_streams.h"
#include "host/commands/option_names.h"
#include "host/report/render.h"

namespace isoloss {
namespace {

std::vector<std::string> paths_of(const std::vector<CommandLine::Output>& outputs) {
  std::vector<std::string> out;
  for (const CommandLine::Output& output : outputs) out.push_back(output.path);
  return out;
}

}  // namespace

Documents::Documents(const CommandLine& line, const Showing* showing)
    : showing_(showing),
      asked_(line.asked_outputs()),
      files_(paths_of(asked_), line.inputs()),
      contents_(asked_.size()),
      filled_(asked_.size()) {
  if (files_.has_stdout()) {
    if (showing_ != nullptr) showing_->without_standard_output();
    return;
  }
  files_.add("-");
  contents_.emplace_back();
}

void Documents::answer(const Describe& describe, const Render& json, Aside aside) {
  const Document document = as_flags(describe());
  if (json) text("--json", json);
  file("--report",
       [&](const std::string&) { return showing_->page(document, json ? as_flags(json()) : ""); });
  show(document, aside);
}

void Documents::show(const Document& document, Aside aside) {
  const bool is_shown = contents_.size() > asked_.size() && !aside.is_quiet;
  if (is_shown) contents_.back() = showing_->report(document);
  if (is_shown ? !showing_->report_has_warnings() : aside.warns)
    notes_ = as_text(warnings_of(document), terminal_of(STDERR_FILENO));
}

void Documents::text(const std::string& flag, const Render& render) {
  file(flag, [&](const std::string&) { return as_flags(render()); });
}

void Documents::file(const std::string& flag, const RenderFile& render) {
  for (std::size_t i = 0; i < asked_.size(); ++i)
    if (asked_[i].flag == flag) {
      contents_[i] = render(asked_[i].path);
      filled_[i] = true;
    }
}

// What nothing was made for would replace a file by none.
void Documents::commit() {
  for (std::size_t i = 0; i < asked_.size(); ++i)
    require(filled_[i], "there is nothing for " + asked_[i].flag + " to write", "leave it out");
  files_.commit(contents_);
  say(notes_);
}

}  // namespace isoloss
