#include "compiler/ast/build.h"
#include "compiler/ast/print/outline.h"
#include "compiler/support/overloaded.h"

namespace writ::ast {
namespace printing {

void print_item(Outline& outline, const Item& item) {
  std::string doc;
  for (const char c : item.doc) doc += c == '\n' ? ' ' : c;
  if (!doc.empty()) outline.head("/// " + doc);
  std::visit(support::Overloaded{[](std::monostate) {}, [&](const auto& statement) { print_statement(outline, statement); }}, item.statement);
}

namespace {

void print_header(Outline& outline, const File& file) {
  const Header& header = file.header;
  if (header.name.text.empty()) return;
  const Under under(outline, (header.facts ? "facts " : "module ") + header.name.text);
  outline.line("overlay", header.overlay);
  outline.line("owner", header.owner);
  outline.line("zone", header.zone);
  if (header.sessions_required) outline.head("sessions required");
  outline.line("as of", header.as_of);
  outline.line("complete within", header.complete_within);
}

}  // namespace
}  // namespace printing

std::string print(const File& file) {
  printing::Outline outline(file);
  printing::print_header(outline, file);
  for (const Use& use : file.uses) outline.head((use.facts ? "use facts " : "import ") + use.name.text + (use.alias ? " as " + use.alias->text : ""));
  for (const Item& item : file.items) printing::print_item(outline, item);
  for (const History& history : file.history) printing::print_history(outline, history);
  return outline.take();
}

}  // namespace writ::ast
