#include "host/commands/command_line.h"

#include <algorithm>

#include "host/base/error.h"

namespace isoloss {
namespace {

std::string itself(const std::string& text) { return text; }

CLI::Option* path_option(CLI::Option* option) {
  const std::string name = option->get_name();
  return checked<std::string>(option->type_name("FILE"), [name](const std::string& path) {
    require(!path.empty(), name + " names no file", "");
  });
}

}  // namespace

CLI::Option* CommandLine::output(const char* name, const std::string& what) {
  return outputs(name, what + "; - is standard output")->expected(1);
}

CLI::Option* CommandLine::outputs(const char* name, const std::string& what) {
  outputs_.push_back(path_option(app_->add_option(name, paths_.emplace_back(), what)));
  return outputs_.back()->allow_extra_args(false);  // what follows one is no other
}

CLI::Option* CommandLine::json(const char* what) {
  return output("--json", std::string("Write ") + what + " as JSON");
}

CLI::Option* CommandLine::input(const char* name, std::string& path, const std::string& what) {
  CLI::Option* option = path_option(app_->add_option(name, path, what));
  reads(option, itself);
  return option;
}

CLI::Option* CommandLine::inputs(const char* name, std::vector<std::string>& paths,
                                 const std::string& what) {
  CLI::Option* option = path_option(app_->add_option(name, paths, what));
  reads(option, itself);
  return option;
}

bool CommandLine::given(const std::string& flag) const {
  const CLI::Option* option = app_->get_option_no_throw(flag);
  return option != nullptr && option->count() > 0;
}

std::vector<std::string> CommandLine::given_but(const std::vector<std::string>& names) const {
  std::vector<std::string> out;
  for (const CLI::Option* option : app_->get_options())
    if (option->count() > 0 && option->get_group() != kShowingGroup &&
        std::find(names.begin(), names.end(), option->get_name()) == names.end())
      out.push_back(option->get_name());
  return out;
}

std::vector<std::string> CommandLine::given_in(std::string_view group) const {
  std::vector<std::string> out;
  for (const CLI::Option* option : app_->get_options())
    if (option->count() > 0 && option->get_group() == group) out.push_back(option->get_name());
  return out;
}

std::vector<CommandLine::Output> CommandLine::asked_outputs() const {
  std::vector<Output> out;
  for (const CLI::Option* option : outputs_)
    for (const std::string& path : option->results()) out.push_back({option->get_name(), path});
  return out;
}

std::vector<std::string> CommandLine::inputs() const {
  std::vector<std::string> out;
  for (const Input& input : inputs_)
    for (const std::string& text : input.option->results())
      if (std::string path = input.path_of(text); !path.empty()) out.push_back(std::move(path));
  for (const Paths& paths : further_)
    for (std::string& path : paths()) out.push_back(std::move(path));
  return out;
}

}  // namespace isoloss
