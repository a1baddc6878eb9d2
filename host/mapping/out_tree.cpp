#include "host/mapping/out_tree.hpp"

#include <libxml/xmlwriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <memory>

namespace causeway::mapping {
namespace {

const xmlChar* xml(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

void writeElement(xmlTextWriterPtr writer, const OutNode& node, const std::string& name_space) {
  xmlTextWriterStartElement(writer, xml(node.name));
  if (!name_space.empty()) xmlTextWriterWriteAttribute(writer, xml("xmlns"), xml(name_space));
  for (const auto& child : node.children)
    if (child.attribute) xmlTextWriterWriteAttribute(writer, xml(child.name), xml(child.text));
  if (node.has_text) xmlTextWriterWriteString(writer, xml(node.text));
  for (const auto& child : node.children)
    if (!child.attribute) writeElement(writer, child, {});
  xmlTextWriterEndElement(writer);
}

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void writeObject(JsonWriter& writer, const OutNode& node);

void writeValue(JsonWriter& writer, const OutNode& node) {
  const auto size = static_cast<rapidjson::SizeType>(node.text.size());
  if (!node.children.empty()) writeObject(writer, node);
  else if (node.json == "number") writer.RawValue(node.text.c_str(), node.text.size(), rapidjson::kNumberType);
  else if (node.json == "boolean") writer.Bool(node.text == "true");
  else writer.String(node.text.c_str(), size);
}

void writeObject(JsonWriter& writer, const OutNode& node) {
  writer.StartObject();
  for (size_t i = 0; i < node.children.size();) {
    const auto& child = node.children[i];
    writer.Key(child.name.c_str(), static_cast<rapidjson::SizeType>(child.name.size()));
    if (!child.list) {
      writeValue(writer, child);
      ++i;
      continue;
    }
    writer.StartArray();
    for (; i < node.children.size() && node.children[i].list && node.children[i].name == child.name; ++i)
      writeValue(writer, node.children[i]);
    writer.EndArray();
  }
  writer.EndObject();
}

}  // namespace

std::string toXml(const OutNode& root, const std::string& name_space) {
  const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(), xmlBufferFree);
  const std::unique_ptr<xmlTextWriter, decltype(&xmlFreeTextWriter)> writer(xmlNewTextWriterMemory(buffer.get(), 0),
                                                                            xmlFreeTextWriter);
  xmlTextWriterStartDocument(writer.get(), nullptr, "UTF-8", nullptr);
  writeElement(writer.get(), root, name_space);
  xmlTextWriterEndDocument(writer.get());
  return {reinterpret_cast<const char*>(xmlBufferContent(buffer.get())),
          static_cast<size_t>(xmlBufferLength(buffer.get()))};
}

std::string toJson(const OutNode& root) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writeObject(writer, root);
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace causeway::mapping
