#include "kontor/base/files.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <openssl/evp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "kontor/base/error.h"
#include "kontor/base/interrupt.h"
#include "kontor/base/text.h"

namespace kontor {

namespace fs = std::filesystem;

[[noreturn]] static void fail_on_file(const fs::path& path, const std::string& what, const std::string& remedy) {
  fail(Exit::environment, "file", path.string(), "", "", what + ": " + std::strerror(errno), "", remedy);
}

namespace {

/// A file descriptor that closes itself.
struct Descriptor {
  int value = -1;
  explicit Descriptor(int descriptor) : value(descriptor) {}
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

}  // namespace

namespace {

/// The folder that files have to lie below; none by default.
struct Root {
  int descriptor = -1;
  fs::path path;
};

}  // namespace

static Root& root() {
  static Root only;
  return only;
}

void read_only_below(const fs::path& folder) {
  std::error_code problem;
  const fs::path canonical = fs::canonical(folder, problem);
  const int descriptor = problem ? -1 : ::open(canonical.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail_on_file(folder, "cannot open this folder", "check the path and the permissions");
  root() = {descriptor, canonical};
}

[[noreturn]] static void refuse_outside(const fs::path& path) {
  fail(Exit::data, "outside-project", path.string(), "", "", "this lies outside the project folder, or a link on the way leads out of it",
       "files of the project only", "copy it into the project folder, or start kontor in the folder that holds both");
}

// A descriptor, or -1 with errno.
static int open_to_read(const fs::path& path) {
  if (root().descriptor < 0) return ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const fs::path inside = fs::absolute(path).lexically_normal().lexically_relative(root().path);
  if (inside.empty() || *inside.begin() == "..") refuse_outside(path);
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const int descriptor = static_cast<int>(::syscall(SYS_openat2, root().descriptor, inside.c_str(), &how, sizeof how));
  if (descriptor < 0 && (errno == EXDEV || errno == ELOOP)) refuse_outside(path);
  return descriptor;
}

static std::size_t size_of_readable(const Descriptor& file, const fs::path& path) {
  if (file.value < 0) fail_on_file(path, "cannot open", "check the path and the permissions");
  struct stat about {};
  if (::fstat(file.value, &about) != 0) fail_on_file(path, "cannot read", "check the path");
  if (S_ISDIR(about.st_mode))
    fail(Exit::environment, "file", path.string(), "", "", "this is a folder", "a file was expected", "name the file inside it");
  if (!S_ISREG(about.st_mode) && !S_ISFIFO(about.st_mode))  // a device may have no end
    fail(Exit::environment, "file", path.string(), "", "", "this is a device", "a file was expected", "name a file");
  return static_cast<std::size_t>(about.st_size);
}

std::shared_ptr<const MappedFile> MappedFile::open(const fs::path& path) {
  const Descriptor file(open_to_read(path));
  const std::size_t size = size_of_readable(file, path);
  std::shared_ptr<MappedFile> mapped(new MappedFile);
  if (size > 0) {
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.value, 0);
    if (data == MAP_FAILED) fail_on_file(path, "cannot map", "is there enough memory?");
    mapped->data_ = data;
    mapped->size_ = size;
  }
  return mapped;
}

MappedFile::~MappedFile() {
  if (data_) ::munmap(const_cast<void*>(data_), size_);
}

std::string read_file(const fs::path& path, std::size_t limit) {
  const Descriptor file(open_to_read(path));
  const std::size_t size = size_of_readable(file, path);
  if (size > limit)
    fail(Exit::data, "file-too-large", path.string(), "", "", std::to_string(size) + " bytes",
         "at most " + std::to_string(limit) + " bytes are read here", "is this the right file?");
  std::string content;
  std::array<char, 1 << 16> buffer{};
  for (;;) {
    const ssize_t got = ::read(file.value, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_on_file(path, "cannot read", "check the disk");
    if (got == 0) break;
    content.append(buffer.data(), static_cast<std::size_t>(got));
    if (content.size() > limit)  // a pipe or a file that grows has no size to check beforehand
      fail(Exit::data, "file-too-large", path.string(), "", "", "more than " + std::to_string(limit) + " bytes", "", "");
  }
  return content;
}

static void write_all(int descriptor, const char* data, std::size_t size, const fs::path& path) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_on_file(path, "cannot write (" + std::to_string(size) + " bytes left)", "free space or choose another --out");
    data += written;
    size -= static_cast<std::size_t>(written);
  }
}

void write_new_file(const fs::path& path, const void* data, std::size_t size) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (file.value < 0) fail_on_file(path, "cannot create", "check the folder and its permissions");
  write_all(file.value, static_cast<const char*>(data), size, path);
  if (::fsync(file.value) != 0) fail_on_file(path, "cannot write to disk", "free space or choose another --out");
}

static void sync_folder(const fs::path& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.value < 0 || ::fsync(descriptor.value) != 0) fail_on_file(folder, "cannot write to disk", "check the disk");
}

static fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

static fs::path temporary_name(const fs::path& path) {
  return folder_of(path) / (path.filename().string() + ".tmp-" + std::to_string(::getpid()));
}

void write_file(const fs::path& path, std::string_view content) {
  const fs::path temporary = temporary_name(path);
  ::unlink(temporary.c_str());  // left by a killed run that had our process number
  try {
    write_new_file(temporary, content);
    if (::rename(temporary.c_str(), path.c_str()) != 0) fail_on_file(path, "cannot put in place", "check the folder and its permissions");
    sync_folder(folder_of(path));
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
}

// What killed runs left beside a path: temporary names of processes that are no more.
static void remove_leftovers(const fs::path& path) {
  const std::string prefix = path.filename().string() + ".tmp-";
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_of(path), ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(prefix, 0) != 0) continue;
    const auto process = read_integer(std::string_view(name).substr(prefix.size()));
    if (process && *process > 0 && ::kill(static_cast<pid_t>(*process), 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), ignored);
  }
}

NewFolder::NewFolder(fs::path final_path, bool replace) : final_(std::move(final_path)), replace_(replace) {
  while (!final_.has_filename() && final_.has_parent_path()) final_ = final_.parent_path();  // "out/" is "out"
  std::error_code ignored;
  if (fs::exists(final_, ignored) && !replace_)
    fail(Exit::environment, "output-exists", final_.string(), "", "", "the output exists already", "nothing is overwritten unasked",
         "use --force to replace it, or choose another --out");
  temporary_ = temporary_name(final_);
  remove_leftovers(final_);
  fs::remove_all(temporary_, ignored);
  if (!fs::is_directory(folder_of(final_), ignored)) {
    fs::create_directories(folder_of(final_), ignored);
  }
  remove_on_interrupt(temporary_);
  const std::scoped_lock lock(commit_guard());  // an interrupt that has looked for the folder sees no new one
  if (::mkdir(temporary_.c_str(), 0755) != 0) fail_on_file(temporary_, "cannot create", "check the folder and its permissions");
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  if (!committed_) fs::remove_all(temporary_, ignored);
  keep_on_interrupt(temporary_);
}

void NewFolder::commit() {
  for (const auto& entry : fs::recursive_directory_iterator(temporary_))
    if (entry.is_directory()) sync_folder(entry.path());
  sync_folder(temporary_);
  const std::scoped_lock lock(commit_guard());
  std::error_code ignored;
  if (replace_ && fs::exists(final_, ignored)) {
    // One system call swaps old and new, so that a kill at any moment leaves one of them whole.
    if (::syscall(SYS_renameat2, AT_FDCWD, temporary_.c_str(), AT_FDCWD, final_.c_str(), 2 /* RENAME_EXCHANGE */) != 0)
      fail_on_file(final_, "cannot replace", "check the permissions");
    sync_folder(folder_of(final_));
    fs::remove_all(temporary_, ignored);  // the former content
  } else {
    if (::rename(temporary_.c_str(), final_.c_str()) != 0) fail_on_file(final_, "cannot put in place", "check the permissions");
    sync_folder(folder_of(final_));
  }
  committed_ = true;
}

std::string sha256(const void* data, std::size_t size) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(data, size, digest.data(), &length, EVP_sha256(), nullptr) != 1)
    fail(Exit::environment, "sha256", "", "", "", "SHA-256 is not available in this OpenSSL", "", "install libssl3");
  std::string text;
  static const char* digits = "0123456789abcdef";
  for (unsigned i = 0; i < length; ++i) text += digits[digest[i] >> 4], text += digits[digest[i] & 15];
  return text;
}

std::string sha256_of_file(const fs::path& path) { return sha256(MappedFile::open(path)->text()); }

}  // namespace kontor
