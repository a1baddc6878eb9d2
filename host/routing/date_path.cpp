#include "host/routing/date_path.hpp"

#include "host/model/case.pb.h"

namespace causeway::routing {

std::optional<model::FieldPath> readPath(const std::string& key, NodeReader& reader, Problems& problems) {
  const auto text = reader.optionalText(key);
  if (!text) return std::nullopt;
  auto path = model::FieldPath::parse(*text, *canonical::CanonicalMessage::descriptor());
  if (path) return *std::move(path);
  problems.error(reader.at(key), key + " '" + *text + "': " + path.error().what);
  return std::nullopt;
}

std::optional<model::FieldPath> readDatePath(const std::string& key, NodeReader& reader, Problems& problems) {
  auto path = readPath(key, reader, problems);
  if (!path || (!path->empty() && path->leaf().options().GetExtension(canonical::is).form() == canonical::DATE))
    return path;
  problems.error(reader.at(key), "'" + key + "' must lead to a date, such as case.hearings[0].starts_at.date");
  return std::nullopt;
}

}  // namespace causeway::routing
