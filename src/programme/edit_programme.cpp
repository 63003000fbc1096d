// One edit after another, each on the layout of the text as the one before left it.
#include <algorithm>
#include <optional>

#include "kontor/base/error.h"
#include "kontor/base/text.h"
#include "kontor/programme/edit.h"
#include "kontor/programme/outline.h"
#include "kontor/programme/programme.h"
#include "programme/json_to_toml.h"
#include "programme/raw.h"
#include "programme/toml_layout.h"

namespace kontor {

namespace {

using Path = std::vector<std::string>;
using Layout = std::vector<TomlTable>;

/// Entries that belong to one measure or table, and how deep they lie in it.
struct Scope {
  Path path;                                // already gone, seen from the measure
  const std::vector<TomlEntry>* entries;    // what stands there
  const TomlTable* table = nullptr;         // where these are lines of their own,
  const TomlEntry* inline_table = nullptr;  // or the braces that hold them
};

/// A place where a path, or something below it, is written.
struct Found {
  const TomlTable* table = nullptr;  // a [sub.table] as a whole
  const Scope* scope = nullptr;      // or an entry of a scope
  std::size_t index = 0;
  bool exact = false;
};

bool begins_with(const Path& path, const Path& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

Path joined_path(Path path, const Path& more) {
  path.insert(path.end(), more.begin(), more.end());
  return path;
}

std::string line_end_of(std::string_view text) {
  const std::size_t first = text.find('\n');
  return first != std::string_view::npos && first > 0 && text[first - 1] == '\r' ? "\r\n" : "\n";
}

const TomlEntry* entry_named(const std::vector<TomlEntry>& entries, std::string_view key) {
  for (const TomlEntry& entry : entries)
    if (entry.key.size() == 1 && entry.key[0] == key) return &entry;
  return nullptr;
}

// What a value says, however it is written. Empty where it cannot be read on its own.
std::string json_of_value(std::string_view text, const TomlEntry& entry) {
  const std::string file = "v = " + std::string(text.substr(entry.value.begin, entry.value.end - entry.value.begin)) + '\n';
  const ProgrammeOutline outline = outline_of("[programme]\n" + file, "value");
  return outline.programme.json_of("v");
}

std::string text_of_value(std::string_view text, const TomlEntry* entry) {
  if (!entry) return "";
  const std::string file = "[programme]\nv = " + std::string(text.substr(entry->value.begin, entry->value.end - entry->value.begin)) + '\n';
  return outline_of(file, "value").programme.text_of("v");
}

class Edit {
 public:
  Edit(std::string text, const std::filesystem::path& file) : text_(std::move(text)), file_(file), line_end_(line_end_of(text_)) {}

  void operator()(const FieldEdit& edit) {
    Path path = split(edit.field, '.');
    std::string value;
    if (!edit.json.empty() && !json_to_toml(edit.json, value))
      refuse("not-a-value", edit.field, "a value that TOML does not have", "a number, a text, true or false, a list or a table",
             "write one");
    if (path.empty() || std::any_of(path.begin(), path.end(), [](const std::string& part) { return part.empty(); }))
      refuse("unknown-key", edit.field, "a field without a name", "a dotted path, money.total", "name the field");
    std::string measure = edit.measure;
    std::string table;
    if (measure.empty()) table = path.front(), path.erase(path.begin());
    if (path.empty()) refuse("unknown-key", edit.field, "a table without a field", "table and field, programme.title", "name the field");
    if (edit.json.empty())
      remove(measure, table, path);
    else
      set(measure, table, path, edit.json, value);
  }

  void operator()(const MeasureAdded& edit) {
    const std::vector<TomlTable> layout = layout_of(text_);
    if (!find_measure_kind(edit.kind)) {
      std::vector<std::string> known;
      for (const MeasureKind* kind : measure_kinds()) known.emplace_back(kind->name);
      refuse("unknown-kind", "kind", "unknown kind " + quoted(edit.kind), did_you_mean(edit.kind, known),
             "`kontor measures` lists the kinds");
    }
    const std::vector<std::string> ids = ids_of_measures();
    if (edit.id.empty() || std::find(ids.begin(), ids.end(), edit.id) != ids.end())
      refuse("duplicate-id", "id", edit.id.empty() ? "a measure without id" : "the id " + quoted(edit.id) + " is there already",
             "a short name, once in the programme", "choose another");
    std::vector<std::pair<Path, std::string>> fields;
    for (const auto& [path, json] : edit.fields) {
      std::string value;
      if (path == "id" || path == "kind") continue;
      if (!json_to_toml(json, value))
        refuse("not-a-value", path, "a value that TOML does not have", "a number, a text, true or false, a list or a table", "write one");
      fields.emplace_back(split(path, '.'), value);
    }
    std::vector<std::string> parts = {"id = " + text_value(edit.id), "kind = " + text_value(edit.kind)};
    const std::vector<std::string> more = table_lines(fields, 0);
    parts.insert(parts.end(), more.begin(), more.end());
    if (const TomlEntry* list = list_of_measures(layout)) {
      const std::string item = "{ " + joined(parts, ", ") + " }";
      const std::size_t at = list->entries.empty() ? list->value.begin + 1 : list->entries.back().value.end;
      text_.insert(at, list->entries.empty() ? item : ", " + item);
      return;
    }
    std::size_t at = text_.size();
    for (const TomlTable& table : layout)
      if (!table.header.empty() && table.header[0] == "measure") at = table.block.end;
    std::string block;
    if (at > 0 && text_[at - 1] != '\n') block = line_end_;
    if (at > 0) block += line_end_;
    block += "[[measure]]" + line_end_;
    for (const std::string& part : parts) block += part + line_end_;
    text_.insert(at, block);
  }

  void operator()(const MeasureRemoved& edit) {
    const std::vector<TomlTable> layout = layout_of(text_);
    const std::vector<Scope> scopes = scopes_of(layout, edit.id, "");
    if (scopes.empty()) refuse_unknown(edit.id);
    if (scopes.front().inline_table) {
      const TomlEntry* list = list_of_measures(layout);
      const auto index = static_cast<std::size_t>(scopes.front().inline_table - list->entries.data());
      erase_item(*list, index);
      return;
    }
    for (std::size_t k = scopes.size(); k-- > 0;) erase_block(scopes[k].table->block);
  }

  /// The text, which must be TOML again.
  std::string done() {
    read_toml(text_, file_.string());
    return std::move(text_);
  }

 private:
  [[noreturn]] void refuse(const char* code, const std::string& column, std::string found, std::string expected, std::string remedy) const {
    fail(Exit::data, code, file_.string(), "", column, std::move(found), std::move(expected), std::move(remedy));
  }

  std::vector<std::string> ids_of_measures() const {
    std::vector<std::string> ids;
    for (const OutlineTable& table : outline_of(text_, file_).measures) ids.push_back(table.text_of("id"));
    return ids;
  }

  [[noreturn]] void refuse_unknown(const std::string& id) const {
    for (const OutlineTable& table : outline_of(text_, file_).measures)
      if (table.from_portfolio && table.text_of("id") == id)
        fail(Exit::data, "in-portfolio", table.file, std::to_string(table.row), "id",
             "measure " + quoted(id) + " stands in the portfolio, not in the programme file", "a measure of the programme file",
             "change it in " + table.file + ", line " + std::to_string(table.row) + ", or move it into the programme file");
    refuse("unknown-measure", "id", "no measure " + quoted(id), did_you_mean(id, ids_of_measures()), "name a measure of this programme");
  }

  static std::string text_value(const std::string& text) { return "\"" + escaped(text) + "\""; }
  static std::string escaped(const std::string& text) {
    std::string key = toml_key(text + ' ');  // a space forces quotes
    return key.substr(1, key.size() - 3);
  }

  static const TomlEntry* list_of_measures(const Layout& layout) {
    const TomlEntry* list = entry_named(layout.front().entries, "measure");
    return list && list->opens == '[' ? list : nullptr;
  }

  // Everything that belongs to a measure, or to a table of the file; the main one first. Empty where it is not there.
  std::vector<Scope> scopes_of(const Layout& layout, const std::string& measure, const std::string& table) const {
    std::vector<Scope> scopes;
    const std::string& first = measure.empty() ? table : std::string("measure");
    if (const TomlEntry* list = measure.empty() ? nullptr : list_of_measures(layout)) {
      for (const TomlEntry& item : list->entries)
        if (text_of_value(text_, entry_named(item.entries, "id")) == measure) return {{{}, &item.entries, nullptr, &item}};
      return {};
    }
    if (const TomlEntry* whole = measure.empty() ? entry_named(layout.front().entries, table) : nullptr; whole && whole->opens == '{')
      return {{{}, &whole->entries, nullptr, whole}};
    bool inside = false;
    for (const TomlTable& t : layout) {
      if (t.header.empty() || t.header[0] != first) continue;
      if (t.header.size() == 1) inside = measure.empty() || text_of_value(text_, entry_named(t.entries, "id")) == measure;
      if (inside || (measure.empty() && t.header.size() > 1))
        scopes.push_back({Path(t.header.begin() + 1, t.header.end()), &t.entries, &t});
    }
    return scopes;
  }

  std::vector<Scope> needed_scopes(const Layout& layout, const std::string& measure, const std::string& table) const {
    std::vector<Scope> scopes = scopes_of(layout, measure, table);
    if (scopes.empty() && !measure.empty()) refuse_unknown(measure);
    return scopes;
  }

  // The braces below the scopes that lead towards the path are scopes as well.
  static void open_braces(std::vector<Scope>& scopes, const Path& path) {
    for (std::size_t k = 0; k < scopes.size(); ++k)
      for (std::size_t i = 0; i < scopes[k].entries->size(); ++i) {
        const TomlEntry& entry = (*scopes[k].entries)[i];
        const Path whole = joined_path(scopes[k].path, entry.key);
        if (entry.opens == '{' && whole.size() < path.size() && begins_with(path, whole))
          scopes.push_back({whole, &entry.entries, nullptr, &entry});
      }
  }

  // Whether the braces at this path hold one thing alone; then they go with it.
  static std::optional<Found> find(const std::vector<Scope>& scopes, const Path& path) {
    for (const Scope& scope : scopes) {
      if (scope.table && !scope.path.empty() && begins_with(scope.path, path)) {
        Found found;
        found.table = scope.table;
        return found;
      }
      for (std::size_t i = 0; i < scope.entries->size(); ++i) {
        const Path whole = joined_path(scope.path, (*scope.entries)[i].key);
        if (!begins_with(whole, path)) continue;
        Found found;
        found.scope = &scope, found.index = i, found.exact = whole.size() == path.size();
        return found;
      }
    }
    return std::nullopt;
  }

  void set(const std::string& measure, const std::string& table, const Path& path, const std::string& json, const std::string& value) {
    const Layout layout = layout_of(text_);
    std::vector<Scope> scopes = needed_scopes(layout, measure, table);
    open_braces(scopes, path);
    const std::optional<Found> found = find(scopes, path);
    if (found && found->exact) {
      const TomlEntry& entry = (*found->scope->entries)[found->index];
      std::string now;
      if (json_to_toml(json_of_value(text_, entry), now) && now == value) return;  // it says so already
      text_.replace(entry.value.begin, entry.value.end - entry.value.begin, value);
      return;
    }
    if (found) {  // written in parts: these go, the whole comes
      remove(measure, table, path);
      set(measure, table, path, json, value);
      return;
    }
    insert(scopes, table, path, value);
  }

  void insert(const std::vector<Scope>& scopes, const std::string& table, const Path& path, const std::string& value) {
    if (scopes.empty()) {  // a table of its own that is not there yet
      if (!text_.empty() && text_.back() != '\n') text_ += line_end_;
      text_ += (text_.empty() ? "" : line_end_) + "[" + toml_key(table) + "]" + line_end_ + nested(path, 0, value) + line_end_;
      return;
    }
    const Scope* deepest = &scopes.front();
    for (const Scope& scope : scopes)
      if (begins_with(path, scope.path) && scope.path.size() >= deepest->path.size()) deepest = &scope;
    const std::size_t gone = deepest->path.size();
    if (deepest->inline_table) {
      const TomlEntry& braces = *deepest->inline_table;
      const std::string part = nested(path, gone, value);
      if (braces.entries.empty())
        text_.replace(braces.value.begin, braces.value.end - braces.value.begin, "{ " + part + " }");
      else
        text_.insert(braces.entries.back().value.end, ", " + part);
      return;
    }
    // Beside a dotted key of the same table, else behind the last line.
    const TomlEntry* beside = nullptr;
    for (const TomlEntry& entry : *deepest->entries)
      if (entry.key.size() > 1 && path.size() - gone > 1 && entry.key[0] == path[gone]) beside = &entry;
    std::string line;
    if (beside)
      for (std::size_t k = gone; k < path.size(); ++k) line += (k > gone ? "." : "") + toml_key(path[k]);
    line = beside ? line + " = " + value : nested(path, gone, value);
    if (!beside && !deepest->entries->empty()) beside = &deepest->entries->back();
    const std::size_t at = beside ? beside->line.end : deepest->table->body;
    const std::string indent = beside ? text_.substr(beside->line.begin, beside->key_at.begin - beside->line.begin) : "";
    const bool open_end = at > 0 && text_[at - 1] != '\n';
    text_.insert(at, open_end ? line_end_ + indent + line : indent + line + line_end_);
  }

  // `a = { b = value }` from the parts of a path.
  static std::string nested(const Path& path, std::size_t from, const std::string& value) {
    std::string text = value;
    for (std::size_t k = path.size(); k-- > from;) {
      text = toml_key(path[k]) + " = " + text;
      if (k > from) text = "{ " + text + " }";
    }
    return text;
  }

  // Fields of one table put together: seller.region and seller.sector stand in one pair of braces.
  static std::vector<std::string> table_lines(const std::vector<std::pair<Path, std::string>>& fields, std::size_t depth) {
    std::vector<std::string> lines, seen;
    for (const auto& [path, value] : fields) {
      if (std::find(seen.begin(), seen.end(), path[depth]) != seen.end()) continue;
      seen.push_back(path[depth]);
      if (path.size() == depth + 1) {
        lines.push_back(toml_key(path[depth]) + " = " + value);
        continue;
      }
      std::vector<std::pair<Path, std::string>> inner;
      for (const auto& field : fields)
        if (field.first.size() > depth + 1 && field.first[depth] == path[depth]) inner.push_back(field);
      lines.push_back(toml_key(path[depth]) + " = { " + joined(table_lines(inner, depth + 1), ", ") + " }");
    }
    return lines;
  }

  void remove(const std::string& measure, const std::string& table, const Path& path) {
    for (;;) {
      const Layout layout = layout_of(text_);
      std::vector<Scope> scopes = needed_scopes(layout, measure, table);
      open_braces(scopes, path);
      const std::optional<Found> found = find(scopes, path);
      if (!found) return;
      if (found->table) {
        erase_block(found->table->block);
        continue;
      }
      const Scope& scope = *found->scope;
      const TomlEntry& entry = (*scope.entries)[found->index];
      if (scope.table)
        text_.erase(entry.line.begin, entry.line.end - entry.line.begin);
      else if (scope.entries->size() > 1 || scope.path.empty())
        erase_item(*scope.inline_table, found->index);
      else
        remove(measure, table, scope.path);  // braces that would hold nothing
    }
  }

  // One of several in braces or brackets, with one comma.
  void erase_item(const TomlEntry& holder, std::size_t index) {
    const std::vector<TomlEntry>& items = holder.entries;
    const std::size_t begin = index > 0 ? items[index - 1].value.end : items[index].key_at.begin;
    const std::size_t end = index > 0 ? items[index].value.end : items.size() > 1 ? items[1].key_at.begin : items[index].value.end;
    text_.erase(begin, end - begin);
  }

  // A blank line, or the beginning, stands before this place.
  bool is_blank_before(std::size_t at) const {
    if (at == 0) return true;
    if (text_[at - 1] != '\n') return false;
    const std::size_t before = at >= 2 && text_[at - 2] == '\r' ? at - 2 : at - 1;
    return before == 0 || text_[before - 1] == '\n';
  }

  // A block with the blank lines that would stand twice, or at the end.
  void erase_block(const TextPart& block) {
    text_.erase(block.begin, block.end - block.begin);
    if (!is_blank_before(block.begin)) return;
    std::size_t end = block.begin;
    while (end < text_.size() && (text_[end] == '\n' || text_.compare(end, 2, "\r\n") == 0)) end += text_[end] == '\n' ? 1 : 2;
    text_.erase(block.begin, end - block.begin);
    if (block.begin < text_.size()) return;
    while (text_.size() > line_end_.size() && is_blank_before(text_.size())) text_.erase(text_.size() - line_end_.size());
  }

  std::string text_;
  const std::filesystem::path& file_;
  const std::string line_end_;
};

}  // namespace

EditedProgramme edit_programme(std::string_view text, const std::filesystem::path& file, const std::vector<ProgrammeEdit>& edits) {
  EditedProgramme edited{std::string(text), {}};
  try {
    read_toml(text, file.string());
    Edit edit(edited.text, file);
    for (const ProgrammeEdit& one : edits) std::visit(edit, one);
    edited.text = edit.done();
  } catch (const Error& error) {
    edited.findings = error.findings();
  }
  return edited;
}

}  // namespace kontor
