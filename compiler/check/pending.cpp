// Passes that are being written; until then their statements are answered plainly. Remove a function here when its pass lands.
#include "compiler/check/rules.h"

namespace writ::check {
namespace {

template <class Statement>
void not_yet(Context& context) {
  for (const Place& place : context.places)
    if (std::holds_alternative<Statement>(place.item->statement))
      context.report(Code::not_supported_yet, place.item->head, {std::string(ast::words_of(*place.item))});
}

}  // namespace

void check_controls(Context& context) { not_yet<ast::Control>(context); }
void check_lifts(Context& context) { not_yet<ast::Lift>(context); }
void check_claims(Context& context) { not_yet<ast::Assert>(context); }
void check_facts(Context& context, const Input&) { not_yet<ast::Given>(context); }

}  // namespace writ::check
