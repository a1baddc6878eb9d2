#include "host/pipeline/clock_report.hpp"

#include "host/base/text.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace causeway::pipeline {
namespace {

using care::ClockRow;
using care::ClockState;

std::string groupOf(const ClockRow& row, ReportBy by) {
  switch (by) {
    case ReportBy::Right: return row.right;
    case ReportBy::Team: return row.team;
    case ReportBy::Clock: return row.clock;
    case ReportBy::Month: return formatDate(toLondon(row.due_at).date).substr(0, 7);
  }
  return {};
}

void count(const ClockRow& row, Instant now, Compliance& out) {
  ++out.due;
  if (row.enhanced) ++out.enhanced;
  const bool late = row.state == ClockState::Breached || (row.state == ClockState::Running && row.due_at <= now);
  if (late) {
    ++(isOpen(row) ? out.overdue : out.late);
    if (!row.good_reason.empty()) ++out.with_good_reason;
  } else if (row.state == ClockState::Met) {
    ++out.met;
  } else if (row.state == ClockState::Running) {
    ++out.running;
  } else if (row.state == ClockState::Suspended) {
    ++out.suspended;
  } else {
    ++out.ended;
  }
}

// Names are a configuration's own words; a spreadsheet must read them as words.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' ? c : '_';
  return out.starts_with('-') ? "_" + out : out;
}

}  // namespace

std::optional<int> Compliance::metPercent() const {
  const int counted = met + late + overdue;
  if (counted == 0) return std::nullopt;
  return met * 100 / counted;
}

std::vector<Compliance> complianceOf(const std::vector<ClockRow>& rows, ReportBy by, Instant now) {
  std::map<std::string, Compliance> groups;
  for (const auto& row : rows)
    if (!row.test && !care::isNoDuty(row)) count(row, now, groups[groupOf(row, by)]);
  std::vector<Compliance> out;
  for (auto& [name, group] : groups) {
    group.group = name;
    out.push_back(std::move(group));
  }
  return out;
}

std::string asCsv(const std::vector<Compliance>& report) {
  std::string out = "group,due,met,late,overdue,with_good_reason,running,suspended,ended,enhanced,met_percent\n";
  for (const auto& row : report) {
    out += cell(row.group);
    for (const int number : {row.due, row.met, row.late, row.overdue, row.with_good_reason, row.running, row.suspended,
                             row.ended, row.enhanced})
      out += "," + std::to_string(number);
    const auto percent = row.metPercent();
    out += "," + (percent ? std::to_string(*percent) : std::string()) + "\n";
  }
  return out;
}

}  // namespace causeway::pipeline
