#pragma once

#include "host/config/yaml.hpp"
#include "host/pipeline/rule_trial.hpp"
#include "tests/unit/pipeline/rig_support.hpp"

#include <memory>
#include <string>

namespace causeway::pipeline {

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "not there: " << from;
  return text.replace(at, from.size(), to);
}

inline std::string withRoutes(const std::string& from, const std::string& to) {
  return replaced(Scene::usual().routes, from, to);
}

/// The rulebook of a rig with other rules.
inline std::shared_ptr<const Rulebook> changed(HostRig& rig, const std::string& routes) {
  Problems problems;
  const auto node = config::parseYaml(routes, "routes.yaml", problems);
  auto out = std::make_shared<Rulebook>(rig.rulebook());
  out->routes = std::make_shared<const routing::Routes>(routing::Routes::load({node.value()}, {}, problems));
  EXPECT_FALSE(problems.hasErrors()) << problems.text();
  return out;
}

}  // namespace causeway::pipeline
