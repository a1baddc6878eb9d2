#include "host/mapping/library.hpp"

#include "host/base/short_text.hpp"

#include <algorithm>

namespace causeway::mapping {
namespace {

std::string_view valueOf(NamedTexts items, std::string_view name, bool& present) {
  for (const auto& item : items)
    if (isSameText(item.name, name)) {
      present = true;
      return item.value;
    }
  present = false;
  return {};
}

bool fits(const MappingFile& file, NamedTexts attributes) {
  return std::ranges::all_of(file.when, [&](const SourceTest& test) {
    const std::string_view name =
        test.path.starts_with('@') ? std::string_view(test.path).substr(1) : std::string_view(test.path);
    bool present = false;
    const auto value = valueOf(attributes, name, present);
    return test.passes(value, present);
  });
}

}  // namespace

std::unique_ptr<Library> Library::load(std::vector<Node> files, Converters converters, Problems& problems) {
  std::unique_ptr<Library> library(new Library());
  library->files_ = std::move(files);
  library->converters_ = std::move(converters);
  library->loadFiles(problems);
  library->compile(problems);
  return library;
}

Parts Library::loadParts(Problems& problems) const {
  Parts out;
  for (const auto& file : files_) {
    const Node* name = file.find("part");
    if (name && !out.emplace(name->scalar, Part{&file, false}).second)
      problems.error(file.at, "a second part called '" + name->scalar + "'");
  }
  return out;
}

void Library::loadFiles(Problems& problems) {
  auto parts = loadParts(problems);
  for (const auto& file : files_) {
    if (file.find("part")) continue;
    if (file.find("mapping")) {
      mappings_.push_back(loadMappingFile(file, parts, problems));
    } else if (file.find("envelope")) {
      envelopes_.push_back(Envelope::load(file, problems));
    } else if (file.find("table")) {
      auto table = CodeTable::load(file, problems);
      const std::string name = table.name();
      if (!tables_.emplace(name, std::move(table)).second)
        problems.error(file.at, "a second code table called '" + name + "'");
    } else {
      problems.error(file.at, "a file of mappings begins with 'mapping', 'part', 'envelope' or 'table'");
    }
  }
  for (const auto& [name, part] : parts)
    if (!part.used) problems.error(part.node->at, "no mapping uses the part '" + name + "'");
}

void Library::checkReply(const Location& at, const std::string& reply, Problems& problems) const {
  if (!reply.empty() && !writePlan(reply)) problems.error(at, "no mapping '" + reply + "' that writes, for the reply");
}

void Library::compile(Problems& problems) {
  for (const auto& file : mappings_) {
    const bool reads_new =
        !file.reads || read_plans_.emplace(file.id, ReadPlan::compile(file, converters_, tables_, problems)).second;
    const bool writes_new =
        !file.writes || write_plans_.emplace(file.id, WritePlan::compile(file, converters_, tables_, problems)).second;
    if (!reads_new || !writes_new) problems.error(file.at, "a second mapping called '" + file.id + "'");
    if (file.reads) mappings_by_root_.add(*file.reads, file.root, static_cast<size_t>(&file - mappings_.data()));
  }
  noteLookedInto();
  for (size_t i = 0; i < envelopes_.size(); ++i) envelopes_by_root_.add(envelopes_[i].format, envelopes_[i].root, i);
  for (const auto& file : mappings_) {
    plans_.push_back(readPlan(file.id));
    checkReply(file.at, file.reply, problems);
  }
  for (const auto& envelope : envelopes_) checkReply(envelope.at, envelope.reply, problems);
}

void Library::noteLookedInto() {
  const auto note = [&](std::string_view path) {
    for (size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
      looked_into_.emplace(path.substr(0, slash));
  };
  for (const auto& envelope : envelopes_) note(envelope.root);
  for (const auto& file : mappings_) {
    note(file.root);
    for (const auto& test : file.when) note(std::string_view(test.path).substr(test.path.starts_with('@') ? 1 : 0));
  }
}

bool Library::looksInto(std::string_view key) const { return looked_into_.contains(key); }

const ReadPlan* Library::readPlan(std::string_view id) const {
  const auto found = read_plans_.find(id);
  return found == read_plans_.end() ? nullptr : &found->second;
}

const WritePlan* Library::writePlan(std::string_view id) const {
  const auto found = write_plans_.find(id);
  return found == write_plans_.end() ? nullptr : &found->second;
}

const Envelope* Library::envelope(std::string_view id) const {
  const auto found = std::ranges::find(envelopes_, id, &Envelope::id);
  return found == envelopes_.end() ? nullptr : &*found;
}

Result<const ReadPlan*> Library::choose(const Face& face, const std::vector<std::string>& allowed,
                                        const Identify& identify) const {
  bool known_root = false;
  std::vector<const MappingFile*> fitting;
  std::vector<size_t> room;
  for (const size_t at : mappings_by_root_.find(face.format, face.root, face.attributes, room)) {
    const auto& file = mappings_[at];
    if (!allowed.empty() && std::ranges::find(allowed, file.id) == allowed.end()) continue;
    known_root = true;
    if ((face.format != Format::Json && file.name_space != face.name_space) || !fits(file, face.attributes)) continue;
    if (!identify) return plans_[at];
    fitting.push_back(&file);
  }
  if (fitting.empty() && known_root)
    return fail(ErrorKind::Conflict, "the root of the document is known, but not in this namespace or version");
  if (fitting.empty()) return fail(ErrorKind::NotFound, "no mapping for this kind of document");
  const auto planOf = [this](const MappingFile* file) { return plans_[static_cast<size_t>(file - mappings_.data())]; };
  const auto isOf = [](const std::string& type) {
    return [&type](const MappingFile* file) { return file->message == type; };
  };
  if (std::ranges::all_of(fitting, isOf(fitting.front()->message))) return planOf(fitting.front());
  CW_TRY(const std::string type, identify());
  if (type.empty()) return planOf(fitting.front());
  const auto chosen = std::ranges::find_if(fitting, isOf(type));
  if (chosen == fitting.end())
    return fail(ErrorKind::Conflict, "the adapter says that it is '" + type + "', and no mapping for that fits it");
  return planOf(*chosen);
}

std::vector<const MappingFile*> Library::inParts(const std::vector<std::string>& allowed) const {
  std::vector<const MappingFile*> out;
  for (const auto& file : mappings_)
    if (file.multipart && (allowed.empty() || std::ranges::find(allowed, file.id) != allowed.end()))
      out.push_back(&file);
  return out;
}

const Envelope* Library::chooseEnvelope(Format format, std::string_view root, std::string_view name_space,
                                        NamedTexts attributes) const {
  std::vector<size_t> room;
  for (const size_t at : envelopes_by_root_.find(format, root, attributes, room)) {
    const auto& envelope = envelopes_[at];
    if (format == Format::Json || envelope.name_space.empty() || envelope.name_space == name_space) return &envelope;
  }
  return nullptr;
}

}  // namespace causeway::mapping
