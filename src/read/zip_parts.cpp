#include "read/zip_parts.h"

#include <zip.h>

#include <vector>

#include "kontor/base/error.h"

namespace kontor {

static constexpr zip_int64_t most_parts = 1000;
static constexpr std::size_t free_bytes = std::size_t{100} << 10;  // any part may expand to this size
static constexpr std::size_t most_expansion = 100;                 // output bytes per input byte beyond that
static constexpr std::size_t most_bytes = std::size_t{1} << 30;    // in one part; WIOD's largest sheet takes an eighth

struct ZipParts::Archive {
  zip_t* zip = nullptr;
};

ZipParts::ZipParts(std::string_view bytes, std::string file) : archive_(std::make_unique<Archive>()), file_(std::move(file)) {
  zip_error_t problem;
  zip_error_init(&problem);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &problem);
  archive_->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &problem) : nullptr;
  if (source && !archive_->zip) zip_source_free(source);
  zip_error_fini(&problem);
  if (!archive_->zip)
    fail(Exit::data, "bad-zip", file_, "", "", "not a whole zip archive", "an xlsx file is one", "download it again, or save it as xlsx");
  const zip_int64_t parts = zip_get_num_entries(archive_->zip, 0);
  if (parts > most_parts) {
    zip_discard(archive_->zip);
    fail(Exit::data, "expansion-limit", file_, "", "", std::to_string(parts) + " parts", "a workbook has at most 1000 parts",
         "save the sheet alone in a new workbook");
  }
}

ZipParts::~ZipParts() {
  if (archive_->zip) zip_discard(archive_->zip);
}

bool ZipParts::has(const std::string& part) const { return zip_name_locate(archive_->zip, part.c_str(), 0) >= 0; }

namespace {

/// An open part that closes itself.
struct Part {
  zip_file_t* file = nullptr;
  ~Part() {
    if (file) zip_fclose(file);
  }
};

}  // namespace

std::string ZipParts::read(const std::string& part) const {
  const auto refuse = [&](const char* code, const std::string& found, const char* expected, const char* remedy) {
    fail(Exit::data, code, file_, part, "", found, expected, remedy);
  };
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat(archive_->zip, part.c_str(), 0, &about) != 0)
    refuse("missing-part", "this part is missing", "a whole workbook", "save it again as xlsx");
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) && about.encryption_method != ZIP_EM_NONE)
    refuse("encrypted", "this part is encrypted", "a workbook without a password", "save it without a password");
  const std::size_t packed = (about.valid & ZIP_STAT_COMP_SIZE) ? about.comp_size : 0;
  Part open{zip_fopen(archive_->zip, part.c_str(), 0)};
  if (!open.file) refuse("bad-zip", "this part cannot be opened", "a whole workbook", "save it again as xlsx");
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 18);
  for (;;) {
    const zip_int64_t got = zip_fread(open.file, buffer.data(), buffer.size());
    if (got < 0)
      refuse("bad-zip", "this part is damaged after " + std::to_string(text.size()) + " bytes", "a whole workbook", "download it again");
    if (got == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > most_bytes || (text.size() > free_bytes && text.size() / most_expansion > packed))
      refuse("expansion-limit", "this part expands more than 100:1 or beyond 1 GiB", "the expansion limit is 100:1 after the first 100 KiB",
             "save the sheet as CSV if you trust it");
  }
}

}  // namespace kontor
