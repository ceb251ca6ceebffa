#include <cctype>

#include <fmt/format.h>

#include "compiler/say/say.h"

namespace writ::say {
namespace {

/// "Changes a vendor's bank account." → "changes a vendor's bank account": the first sentence of a doc, to stand inside another one.
std::string phrase_of(std::string_view doc) {
  const std::size_t line = doc.find('\n');
  std::string_view first = doc.substr(0, line);
  const std::size_t stop = first.find(". ");
  first = first.substr(0, stop);
  while (!first.empty() && (first.front() == ' ' || first.front() == '/')) first.remove_prefix(1);
  while (!first.empty() && (first.back() == '.' || first.back() == ' ' || first.back() == '\r')) first.remove_suffix(1);
  std::string phrase(first);
  const bool acronym = phrase.size() > 1 && std::isupper(static_cast<unsigned char>(phrase[1])) != 0;
  if (!phrase.empty() && !acronym) phrase.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(phrase.front())));
  return phrase;
}

}  // namespace

Phrasebook::Phrasebook(const std::vector<const ast::File*>& files) {
  for (const ast::File* file : files) {
    for (const ast::Item& item : file->items) add(item);
  }
}

void Phrasebook::add(const ast::Item& item) {
  if (const auto* action = std::get_if<ast::ActionDecl>(&item.statement)) {
    const std::string doc = action->names.size() == 1 ? phrase_of(item.doc) : "";
    for (const ast::Name& name : action->names) acts_[name.text] = {doc, action->resource ? action->resource->text : ""};
  } else if (const auto* duty = std::get_if<ast::Duty>(&item.statement); duty != nullptr && !duty->extends) {
    acts_[duty->name.text] = {phrase_of(item.doc), ""};
  } else if (const auto* terms = std::get_if<ast::Terms>(&item.statement)) {
    terms_[terms->name.text] = terms;
  } else if (const auto* approval = std::get_if<ast::Approval>(&item.statement)) {
    approvals_.insert(approval->name.text);
  } else if (const auto* principal = std::get_if<ast::PrincipalDecl>(&item.statement)) {
    add(principal->fields);
  } else if (const auto* resource = std::get_if<ast::ResourceDecl>(&item.statement)) {
    add(resource->fields);
  } else if (const auto* context = std::get_if<ast::ContextDecl>(&item.statement)) {
    add(context->fields);
  }
}

void Phrasebook::add(const std::vector<ast::Field>& fields) {
  for (const ast::Field& field : fields) {
    if (field.type.name.text == "time") time_fields_.insert(field.name.text);
  }
}

std::string Phrasebook::action(std::string_view name) const {
  const auto found = acts_.find(name);
  if (found == acts_.end() || found->second.phrase.empty()) return fmt::format("'{}'", name);
  return fmt::format("'{}'", found->second.phrase);
}

std::string_view Phrasebook::resource_of(std::string_view action) const {
  const auto found = acts_.find(action);
  return found == acts_.end() ? std::string_view() : found->second.resource;
}

const ast::Terms* Phrasebook::terms(std::string_view name) const {
  const auto found = terms_.find(name);
  return found == terms_.end() ? nullptr : found->second;
}

}  // namespace writ::say
