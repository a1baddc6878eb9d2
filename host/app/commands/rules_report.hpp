#pragma once

#include "host/pipeline/rule_trial.hpp"
#include "host/pipeline/rule_version_row.hpp"

#include <string>

namespace causeway::app {

/// A trial as JSON: {"days":30,"messages":..,"cases":..,"first_at":..,"last_at":..,"covered":["2026-06-01",..],"skipped":{why: messages},
/// "changes":[{"kind":..,"recipient":..,"type":..,"purpose":..,"rule_before":..,"rule_after":..,"hold":..,"what":[..],
/// "statutory_recipient_lost":bool,"deliveries":..,"examples":[message ids]}],"taken":[{"why":..,"lost":bool,"rule_before":..,"rule_after":..,
/// "recipient":..,"type":..,"purpose":..,"day":..,"at":"rules/f03-results.yaml:40:5","told":deliveries of these days by the rule before}],
/// "blocked":bool}. `taken` is what the rules themselves show (`why`: host/routing/rule_loss.hpp). No personal value.
std::string reportOf(const pipeline::RuleTrial& trial, int days);

/// A version as JSON, without its files; with its simulation when it has one and `simulation` is asked for. `warnings`, where it was
/// simulated: what of `taken` is not lost but for the approver to judge.
std::string reportOf(const pipeline::RuleVersionRow& row, bool simulation);

/// What a version as JSON warns of, as lines for a terminal; empty: nothing.
std::string warningsOf(const std::string& version);

/// The report of a trial as a table for a terminal.
std::string tableOf(const std::string& report);

}  // namespace causeway::app
