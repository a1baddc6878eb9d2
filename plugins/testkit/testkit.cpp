#include "causeway/testkit.hpp"

#include "causeway/contract.hpp"

#include <algorithm>
#include <span>

namespace causeway::testkit {
namespace {

// Shorter values, such as a status or a code letter, occur in honest texts by chance.
constexpr size_t kShortestLeak = 4;

void findLeaks(const NamedTexts& inputs, std::string_view text, std::string_view where,
               std::vector<std::string>& problems) {
  for (const auto& [name, value] : inputs) {
    if (value.size() >= kShortestLeak && text.find(value) != std::string_view::npos) {
      problems.push_back(std::string(where) + " shows the value of '" + name + "'");
    }
  }
}

}  // namespace

std::string_view Answer::operator[](std::string_view name) const { return sdk::valueOf(fields, name); }

std::string Answer::text() const {
  std::string out = "status " + std::to_string(status);
  if (!error.empty()) out += "\nerror: " + error;
  for (const auto& problem : problems) out += "\nproblem: " + problem;
  for (const auto& [name, value] : fields) out += "\n" + name + " = " + value;
  return out;
}

Host::Host(const cw_adapter& table, NamedTexts settings) : table_(table) {
  host_ = {sizeof(cw_host), CW_ABI_MAJOR, CW_ABI_MINOR, 0, this, &Host::onLog};
  problems_ = sdk::breaches(table);
  if (table.abi_major != CW_ABI_MAJOR) problems_.emplace_back("was built for another major version of the contract");
  if (problems_.empty()) start(settings);
}

Host::~Host() {
  if (created_) table_.destroy(self_);
}

void Host::start(const NamedTexts& settings) {
  NamedTexts complete;
  for (const auto& problem : sdk::checkSettings({table_.settings, table_.setting_count}, settings, complete)) {
    problems_.push_back("setting '" + problem.setting + "' " + problem.what);
  }
  if (!problems_.empty()) return;
  std::vector<cw_field> storage;
  sdk::TextCollector error;
  const cw_status status = table_.create(&host_, sdk::fieldsOf(complete, storage), error.sink(), &self_);
  created_ = status == CW_OK;
  if (!created_) problems_.push_back("create: " + (error.text().empty() ? "says no reason" : error.text()));
}

void Host::onLog(void* ctx, int32_t, cw_str line) noexcept {
  auto& self = *static_cast<Host*>(ctx);
  self.log_.push_back(sdk::printable(sdk::viewOf(line)));
}

template <class Call>
Answer Host::run(bool has_hook, std::string_view hook, const NamedTexts& inputs, Call call) {
  Answer answer;
  if (!created_ || !has_hook) {
    answer.problems.push_back(created_ ? "the adapter has no " + std::string(hook) : "the adapter did not start");
    return answer;
  }
  std::vector<cw_field> storage;
  sdk::FieldCollector out;
  sdk::TextCollector error;
  const size_t lines_before = log_.size();
  answer.status = call(sdk::fieldsOf(inputs, storage), out.sink(), error.sink());
  answer.error = error.text();
  if (answer.status == CW_OK) answer.fields = out.take();
  if (!out.breach().empty()) answer.problems.push_back(out.breach());
  if (answer.status < CW_OK || answer.status > CW_BROKEN) answer.problems.emplace_back("the status is not a known one");
  if (answer.status != CW_OK && answer.error.empty()) answer.problems.emplace_back("fails without an error text");
  findLeaks(inputs, answer.error, "the error text", answer.problems);
  for (const auto& line : std::span(log_).subspan(lines_before)) findLeaks(inputs, line, "a log line", answer.problems);
  return answer;
}

Answer Host::convert(std::string_view converter, const NamedTexts& inputs) {
  const std::span known(table_.converters, table_.converter_count);
  const bool is_known = std::ranges::any_of(known, [&](cw_str name) { return sdk::viewOf(name) == converter; });
  return run(is_known, "converter of that name", inputs, [&](cw_fields in, cw_field_sink out, cw_sink error) {
    return table_.convert(self_, sdk::strOf(converter), in, out, error);
  });
}

Answer Host::identify(const NamedTexts& fields) {
  auto answer = run(table_.identify, "identify", fields, [&](cw_fields in, cw_field_sink out, cw_sink error) {
    return table_.identify(self_, in, out, error);
  });
  if (answer.status == CW_OK)
    std::ranges::move(sdk::identityBreaches(table_, answer.fields), std::back_inserter(answer.problems));
  return answer;
}

Answer Host::wrap(const NamedTexts& fields) {
  return run(table_.wrap, "wrap", fields,
             [&](cw_fields in, cw_field_sink out, cw_sink error) { return table_.wrap(self_, in, out, error); });
}

Answer Host::classifyReply(const NamedTexts& fields) {
  auto answer =
      run(table_.classify_reply, "classify_reply", fields,
          [&](cw_fields in, cw_field_sink out, cw_sink error) { return table_.classify_reply(self_, in, out, error); });
  if (answer.status == CW_OK)
    std::ranges::move(sdk::verdictBreaches(answer.fields), std::back_inserter(answer.problems));
  return answer;
}

}  // namespace causeway::testkit
