// The rows of a published fit.

#pragma once

#include <string>
#include <vector>

#include "host/answers/verify/published_fit.h"
#include "host/laws/law_entry.h"
#include "host/reading/read_options.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Path of a table that a published fit names: beside the fit's own file, else among the program's
// data sets. Throws InputError if it is in neither place.
std::string table_path(const PublishedFit& published, const std::string& file);
// That of its data set; the variable that names its folder, if there is one, is set.
std::string data_set_path(const PublishedFit& published);

// The bytes of its data set, read once.
class PublishedRows {
 public:
  // Throws InputError if the file cannot be read. Keeps a reference to the fit.
  PublishedRows(const PublishedFit& published, std::string path);

  // Headers of the data set.
  std::vector<std::string> headers() const;

  // The rows that are fitted: where, drop_highest_loss, then best_of.
  RunTable fitted(const LawEntry& law) const;
  // For the isoflop method.
  RunTable fitted() const;
  // Those of all rows for which a condition holds, unweighted.
  RunTable where(const LawEntry& law, const std::string& condition) const;

  // The text that each row has under a header.
  std::vector<std::string> texts(const RunTable& runs, const std::string& header) const;

 private:
  ReadOptions options() const;
  RunTable fitted(const ReadOptions& options) const;

  const PublishedFit& published_;
  std::string path_;
  std::string bytes_;
};

}  // namespace isoloss
