#include "host/mapping/xml_floor.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

namespace causeway::mapping {

struct XmlFloor::Impl {
  xmlSAXHandler sax{};
  xmlParserCtxtPtr context = nullptr;
};

XmlFloor::XmlFloor() : impl_(std::make_unique<Impl>()) {
  impl_->sax.initialized = XML_SAX2_MAGIC;
  impl_->sax.startElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*, int, const xmlChar**, int, int,
                                 const xmlChar**) {};
  impl_->sax.endElementNs = [](void*, const xmlChar*, const xmlChar*, const xmlChar*) {};
  impl_->sax.characters = [](void*, const xmlChar*, int) {};
  impl_->context = xmlCreatePushParserCtxt(&impl_->sax, nullptr, nullptr, 0, nullptr);
}

XmlFloor::~XmlFloor() { xmlFreeParserCtxt(impl_->context); }

bool XmlFloor::parse(std::string_view document) {
  xmlCtxtResetPush(impl_->context, nullptr, 0, nullptr, "UTF-8");
  return xmlParseChunk(impl_->context, document.data(), static_cast<int>(document.size()), 1) == 0;
}

}  // namespace causeway::mapping
