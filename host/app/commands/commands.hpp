#pragma once

#include <string>
#include <vector>

/// The commands of the program. Each returns its exit code: 0 done, 1 refused or failed, 2 wrong use.
namespace causeway::app {

struct DecodeOptions {
  std::string config;
  std::string sender;  ///< partner to read as; empty: any mapping may read it
  std::vector<std::string> files;
};
int decode(const DecodeOptions& options);

struct EncodeOptions {
  std::string config;
  std::string mapping;
  std::string file;  ///< canonical message as JSON; "-" is standard input
};
int encode(const EncodeOptions& options);

struct ExplainOptions {
  std::string config;
  std::string sender;
  std::string file;
  std::vector<std::string> after;  ///< messages that came before, in order
  std::string recipient;           ///< tell of its deliveries alone; empty: of everybody's
  bool json = false;
};
int explain(const ExplainOptions& options);

struct SendOptions {
  std::string config;
  std::string url;
  std::string certificate, key, authorities;
  std::vector<std::string> files;
};
int send(const SendOptions& options);

/// Brings the documents of a folder into the running host as those of a partner, without telling anybody.
struct LoadOptions {
  std::string config, folder, partner, by, because;
};
int loadFolder(const LoadOptions& options);

/// Makes the keys that a configuration names and that do not exist yet.
int keys(const std::string& config);
int check(const std::string& config);
int run(const std::string& config);
int plugins(const std::string& config, bool json);
int model(bool schema);
/// A table of every system and message type that the mappings of a configuration know, and how far examples show them.
int systems(const std::string& config, bool json);
/// Prints an incident of the running host as a whole.
int exportIncident(const std::string& config, const std::string& id, bool json);
/// Prints the record of processing of a configuration (DPA 2018 s.61), as Markdown or as JSON.
int recordOfProcessing(const std::string& config, bool json);
/// Asks the running host for everything about one person and writes it into a new folder: pack.json and pack.html.
struct SubjectAccessOptions {
  std::string config, id, person, by, because, out;
};
int subjectAccess(const SubjectAccessOptions& options);
/// Writes a paper that the running host keeps into a new file: an audited view. `by` may be empty where the case is not restricted.
int savePaper(const std::string& config, const std::string& id, const std::string& by, const std::string& path);
/// What the policy of another configuration folder would have meant for the deliveries of the last days. Asks the running host.
int tryRules(const std::string& config, const std::string& folder, int days, bool json);
/// Asks the running host and prints what it says.
int ask(const std::string& config, const std::string& request, bool json);

}  // namespace causeway::app
