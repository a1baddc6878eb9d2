#pragma once

#include "host/pipeline/adapters.hpp"

namespace causeway::plugin {

/// The verdict that an answer of `classify_reply` gives. The answer has passed sdk::verdictBreaches.
pipeline::ReplyVerdict verdictOf(const pipeline::Fields& answer);

/// What an HTTP status alone says, for adapters without `classify_reply`: 2xx delivered; 408, 425, 429, 500, 502, 503 and 504
/// retry, after `retry_after` seconds when given; other 4xx rejected, but 401, 403, 404, 405 and 407 broken, because they
/// speak of our set-up and not of the message; everything else broken. The reason is "http_<status>" or "no_status".
pipeline::ReplyVerdict verdictByStatus(const pipeline::Fields& reply);

}  // namespace causeway::plugin
