#include "host/app/demo/agency.hpp"

namespace causeway::app {

Result<std::unique_ptr<Agency>> Agency::start(const transport::HttpsServerConfig& config) {
  std::unique_ptr<Agency> agency(new Agency());
  Agency* self = agency.get();
  CW_TRY(agency->server_, transport::HttpsServer::start(
                              config, [self](const transport::HttpRequest& request) { return self->take(request); }));
  return agency;
}

transport::HttpReply Agency::take(const transport::HttpRequest& request) {
  const std::string id(request.header("causeway-delivery"));
  const std::lock_guard lock(mutex_);
  if (status_ != 200) return {status_, "text/plain", "", {}, false};
  if (++arrivals_[id] == 1) received_.push_back({id, request.body});
  const bool xml = request.body.starts_with("<");
  const std::string reference = "R" + std::to_string(arrivals_.size());
  return xml ? transport::HttpReply{200,
                                    "application/xml",
                                    "<Receipt result=\"stored\" reference=\"" + reference + "\"/>",
                                    {},
                                    false}
             : transport::HttpReply{
                   200, "application/json", R"({"result":"stored","reference":")" + reference + "\"}", {}, false};
}

std::vector<Agency::Received> Agency::takeReceived() {
  const std::lock_guard lock(mutex_);
  return std::exchange(received_, {});
}

std::map<std::string, int> Agency::arrivals() const {
  const std::lock_guard lock(mutex_);
  return arrivals_;
}

void Agency::answerWith(int status) {
  const std::lock_guard lock(mutex_);
  status_ = status;
}

}  // namespace causeway::app
