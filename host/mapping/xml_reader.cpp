#include "host/mapping/xml_reader.hpp"

#include "host/mapping/guard.hpp"

#include <libxml/SAX2.h>
#include <libxml/dict.h>
#include <libxml/parser.h>

#include <deque>
#include <string>
#include <vector>

namespace causeway::mapping {

struct XmlReader::Impl {
  xmlSAXHandler sax{};
  xmlParserCtxtPtr context = nullptr;
  DocumentHandler* handler = nullptr;
  const xmlChar* uri = nullptr;  // of the last element, and its length: most elements share one
  std::string_view uri_text;
  bool refused = false;  // a DTD that the guard did not see: stop at once
  std::vector<NamedText> attributes;
  std::string padded;
  std::deque<std::string> mended;  // attribute values with their ampersands put back

  ~Impl() { xmlFreeParserCtxt(context); }

  // In the last 250 bytes of its input the parser asks for more at every step, which costs a tenth of the time of a usual message.
  // A comment behind the root means nothing: there it may ask. White space would mean as little, but the parser takes four times as
  // long over it. What the guard let through has no comment left open that this one could close.
  std::string_view withRoomBehind(std::string_view document) {
    constexpr size_t usual = 64U << 10U, room = 256;
    if (document.size() > usual) return document;
    padded.assign(document).append("<!--").append(room, '.').append("-->");
    return padded;
  }

  // The parser keeps the names of the documents it has read in a table of limited size. A sender of ever new names would fill it
  // and make it refuse everybody's documents from then on, so it is renewed long before.
  bool ready() {
    constexpr size_t most_names = 1U << 20U;  // bytes
    if (context && xmlDictGetUsage(context->dict) < most_names) return true;
    xmlFreeParserCtxt(context);
    context = xmlNewParserCtxt();
    if (!context) return false;
    *context->sax = sax;
    context->_private = this;
    return true;
  }
};

namespace {

std::string_view view(const xmlChar* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

XmlReader::Impl& implOf(void* context) {
  return *static_cast<XmlReader::Impl*>(static_cast<xmlParserCtxtPtr>(context)->_private);
}

void stopIfAsked(void* context, XmlReader::Impl& impl) {
  if (impl.handler->stopped()) xmlStopParser(static_cast<xmlParserCtxtPtr>(context));
}

// Without entity substitution libxml2 hands an ampersand in an attribute as "&#38;".
std::string_view attributeValue(XmlReader::Impl& impl, const xmlChar* begin, const xmlChar* end) {
  const std::string_view value(reinterpret_cast<const char*>(begin), static_cast<size_t>(end - begin));
  if (value.find("&#38;") == std::string_view::npos) return value;
  std::string& text = impl.mended.emplace_back();
  for (size_t at = 0; at < value.size();) {
    const size_t found = value.find("&#38;", at);
    text += value.substr(at, found - at);
    if (found == std::string_view::npos) break;
    text += '&';
    at = found + 5;
  }
  return text;
}

void onStart(void* context, const xmlChar* name, const xmlChar*, const xmlChar* uri, int, const xmlChar**, int count,
             int, const xmlChar** attributes) {
  auto& impl = implOf(context);
  impl.attributes.clear();
  if (!impl.mended.empty()) impl.mended.clear();
  for (int i = 0; i < count; ++i) {
    const xmlChar** attribute = attributes + static_cast<ptrdiff_t>(i) * 5;
    // Schema hints of the sender's tools say nothing about the case.
    if (view(attribute[2]) == "http://www.w3.org/2001/XMLSchema-instance") continue;
    impl.attributes.push_back({view(attribute[0]), attributeValue(impl, attribute[3], attribute[4])});
  }
  if (uri != impl.uri) {
    impl.uri = uri;
    impl.uri_text = view(uri);
  }
  impl.handler->open(view(name), impl.uri_text, impl.attributes);
  stopIfAsked(context, impl);
}

void onEnd(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  auto& impl = implOf(context);
  impl.handler->close();
  stopIfAsked(context, impl);
}

void onText(void* context, const xmlChar* text, int size) {
  implOf(context).handler->text({reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
}

void onDtd(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  implOf(context).refused = true;
  xmlStopParser(static_cast<xmlParserCtxtPtr>(context));
}

void quiet(void*, xmlErrorPtr) {}

std::string place(xmlParserCtxtPtr context) { return "line " + std::to_string(xmlSAX2GetLineNumber(context)); }

}  // namespace

XmlReader::XmlReader() : impl_(std::make_unique<Impl>()) {
  impl_->sax.initialized = XML_SAX2_MAGIC;
  impl_->sax.startElementNs = onStart;
  impl_->sax.endElementNs = onEnd;
  impl_->sax.characters = onText;
  impl_->sax.cdataBlock = onText;
  impl_->sax.ignorableWhitespace = onText;
  impl_->sax.internalSubset = onDtd;
  impl_->sax.serror = quiet;
}

XmlReader::~XmlReader() = default;

Result<void> XmlReader::read(std::string_view document, const Limits& limits, DocumentHandler& handler) {
  document = withoutLeadingComments(document);
  CW_CHECK_OK(guardXml(document, limits));
  if (!impl_->ready()) return fail(ErrorKind::Broken, "the XML parser could not be made");
  auto* context = impl_->context;
  impl_->handler = &handler;
  impl_->uri = nullptr;
  impl_->uri_text = {};
  impl_->refused = false;
  // XML_PARSE_HUGE is not set, so the parser's own limits stay. The handlers build no document, so none comes back.
  const auto input = impl_->withRoomBehind(document);
  xmlCtxtReadMemory(context, input.data(), static_cast<int>(input.size()), nullptr, "UTF-8",
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (impl_->refused) return fail(ErrorKind::Invalid, "the document has a DTD: never accepted", place(context));
  if (handler.stopped()) return {};
  if (!context->wellFormed || !context->nsWellFormed || context->errNo != XML_ERR_OK)
    return fail(ErrorKind::Invalid, "not well-formed XML (parser code " + std::to_string(context->errNo) + ")",
                place(context));
  return {};
}

}  // namespace causeway::mapping
