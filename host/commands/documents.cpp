#include "host/commands/documents.h"

#include "host/base/standard_streams.h"

namespace isoloss {
namespace {

std::vector<std::string> paths_of(const std::vector<CommandLine::Output>& outputs) {
  std::vector<std::string> out;
  for (const CommandLine::Output& output : outputs) out.push_back(output.path);
  return out;
}

}  // namespace

Documents::Documents(const CommandLine& line)
    : asked_(line.asked_outputs()),
      files_(paths_of(asked_), line.inputs()),
      contents_(asked_.size()) {
  if (!files_.has_stdout()) {
    files_.add("-");
    contents_.emplace_back();
  }
}

void Documents::report(const Render& render, const Render& instead, bool is_wanted) {
  const bool is_free = contents_.size() > asked_.size();
  if (is_free && is_wanted)
    contents_.back() = render();
  else if (instead)
    notes_ = instead();
}

void Documents::file(const std::string& flag, const RenderFile& render) {
  for (std::size_t i = 0; i < asked_.size(); ++i)
    if (asked_[i].flag == flag) contents_[i] = render(asked_[i].path);
}

void Documents::json(const Render& render) {
  file("--json", [&](const std::string&) { return render(); });
}

void Documents::commit() {
  files_.commit(contents_);
  say(notes_);
}

}  // namespace isoloss
