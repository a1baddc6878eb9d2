#include "meeting.hpp"
