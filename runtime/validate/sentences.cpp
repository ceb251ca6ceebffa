// The sentence of each refusal, in a file of its own: a loader that links only numbers carries no English.
#include "runtime/validate/validate.h"

namespace writ::runtime {

std::string_view sentence(Refusal refusal) {
  switch (refusal) {
    case Refusal::none: return "nothing is wrong";
#define WRIT_REFUSAL(name, text) \
  case Refusal::name: return text;
#include "runtime/validate/refusals.def"
#undef WRIT_REFUSAL
  }
  return "";
}

}  // namespace writ::runtime
