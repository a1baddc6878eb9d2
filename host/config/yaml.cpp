#include "host/config/yaml.hpp"

#include "host/config/source_text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <unordered_map>

namespace causeway::config {
namespace {

/// Leaves the parser from inside a callback. The reason is in the problems already.
struct Stop {};

/// Builds nodes from the events of yaml-cpp. Its node tree would be easier to walk, but it keeps duplicate keys
/// silently, resolves aliases into cycles and forgets where they stood.
class NodeBuilder final : public YAML::EventHandler {
 public:
  NodeBuilder(const SourceText& source, Problems& problems) : source_(source), problems_(problems) {}

  Node takeRoot() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    problems_.error(at(mark), "a second document starts here; one file holds one document");
    throw Stop();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { place(nullNode(mark)); }

  void OnAnchor(const YAML::Mark& mark, const std::string& name) override {
    problems_.error(at(mark), "anchors (&" + name + ") are not allowed; write the value out where it is used");
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.error(at(mark), "aliases (*) are not allowed; write the value out");
    place(nullNode(mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) override {
    refuseTag(mark, tag);
    if (expectsKey()) {
      startEntry(mark, value, tag == "?");
      return;
    }
    Node node;
    node.kind = Node::Kind::Scalar;
    node.at = at(mark);
    node.scalar = value;
    node.quoted = tag != "?";
    place(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::List);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) override {
    open(mark, tag, Node::Kind::Map);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map that is being filled.
  struct Open {
    Node node;
    std::unordered_map<std::string, int> line_of_key;
    std::string key;  ///< of the entry whose value comes next
    Location key_at;
    bool has_key = false;
    bool drop = false;  ///< the key was refused: its value is read and forgotten
  };

  Location at(const YAML::Mark& mark) const {
    return mark.is_null() ? source_.file() : source_.at(static_cast<size_t>(mark.pos));
  }

  bool expectsKey() const { return !open_.empty() && open_.back().node.isMap() && !open_.back().has_key; }

  // yaml-cpp marks an empty value at the next token, often lines below: the key is the better place to name.
  Node nullNode(const YAML::Mark& mark) const {
    Node node;
    node.at = at(mark);
    if (open_.empty() || !open_.back().has_key) return node;
    const auto rest = source_.text().substr(std::min(static_cast<size_t>(mark.pos), source_.text().size()));
    const bool written =
        rest.starts_with("~") || rest.starts_with("null") || rest.starts_with("Null") || rest.starts_with("NULL");
    if (!written || node.at.line != open_.back().key_at.line) node.at = open_.back().key_at;
    return node;
  }

  // "?" is a plain scalar or an untagged collection, "!" a quoted one, unless someone really wrote an exclamation mark.
  void refuseTag(const YAML::Mark& mark, const std::string& tag) {
    const bool none = tag.empty() || tag == "?" ||
                      (tag == "!" && !source_.text().substr(static_cast<size_t>(mark.pos)).starts_with("!"));
    if (!none) problems_.error(at(mark), "tags (!) are not allowed; write the plain value");
  }

  void startEntry(const YAML::Mark& mark, const std::string& key, bool plain) {
    Open& map = open_.back();
    map.key = key;
    map.key_at = at(mark);
    map.has_key = true;
    const auto [first, is_new] = map.line_of_key.try_emplace(key, map.key_at.line);
    map.drop = !is_new || (plain && key == "<<");
    if (!is_new) {
      problems_.error(map.key_at, "'" + key + "' stands twice; first in line " + std::to_string(first->second));
    } else if (map.drop) {
      problems_.error(map.key_at, "merge keys (<<) are not allowed; write the values out");
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, Node::Kind kind) {
    refuseTag(mark, tag);
    if (open_.size() == kMaxYamlDepth) {
      problems_.error(at(mark), "nested deeper than " + std::to_string(kMaxYamlDepth) + " levels");
      throw Stop();
    }
    Open& opened = open_.emplace_back();
    opened.node.kind = kind;
    opened.node.at = at(mark);
  }

  void close() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    place(std::move(node));
  }

  void place(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.isList()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.has_key) {
      problems_.error(node.at, "a key must be text");
      parent.key_at = node.at;
      parent.has_key = parent.drop = true;
    } else {
      if (!parent.drop) parent.node.entries.push_back({std::move(parent.key), parent.key_at, std::move(node)});
      parent.has_key = false;
    }
  }

  const SourceText& source_;
  Problems& problems_;
  Node root_;
  std::vector<Open> open_;
  int documents_ = 0;
};

Failure refused(const Problems& problems) {
  const auto all = problems.sorted();
  for (const auto& problem : all) {
    if (problem.severity == Problem::Severity::Error) return fail(ErrorKind::Invalid, problem.what, problem.at.text());
  }
  return fail(ErrorKind::Invalid, "not a valid configuration file");
}

bool readAll(const SourceText& source, NodeBuilder& builder, Problems& problems) {
  std::istringstream stream{std::string(source.text())};
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {}
    return true;
  } catch (const Stop&) {
    return false;
  } catch (const YAML::Exception& error) {
    const bool placed = !error.mark.is_null();
    problems.error(placed ? source.at(static_cast<size_t>(error.mark.pos)) : source.file(),
                   "not valid YAML: " + error.msg);
    return false;
  }
}

}  // namespace

Result<Node> parseYaml(std::string_view text, std::string file_name, Problems& problems) {
  const SourceText source(text, std::move(file_name));
  Problems own;  // so that the error names a problem of this file
  NodeBuilder builder(source, own);
  const bool read = source.check(own) && readAll(source, builder, own);
  for (const auto& problem : own.sorted()) problems.error(problem.at, problem.what);
  if (!read) return refused(own);
  Node root = builder.takeRoot();
  if (root.at.line == 0) root.at = source.at(0);
  return root;
}

Result<Node> loadYaml(const std::filesystem::path& path, Problems& problems) {
  const auto name = path.generic_string();
  const Location file{std::make_shared<const std::string>(name), 0, 0};
  const auto unreadable = [&](std::string what) -> Failure {
    problems.error(file, what);
    return fail(ErrorKind::NotFound, std::move(what), name);
  };
  std::error_code code;
  const bool regular = std::filesystem::is_regular_file(path, code);
  if (!std::filesystem::exists(path, code)) return unreadable("the file does not exist");
  if (!regular) return unreadable("not a file");
  std::ifstream stream(path, std::ios::binary);
  std::string text(kMaxYamlBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!stream.is_open() || stream.bad()) return unreadable("the file cannot be read");
  text.resize(static_cast<size_t>(stream.gcount()));
  return parseYaml(text, name, problems);
}

}  // namespace causeway::config
