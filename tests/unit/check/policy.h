// Surface text → checked program, for the tests of this folder. Syntax errors fail the test; what check says is returned by name.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/ast/build.h"
#include "compiler/check/check.h"
#include "compiler/parse/parse.h"

namespace writ::check {

/// Files with their sources; a text may start with a header or not.
struct Policy {
  source::SourceSet sources;
  std::vector<std::unique_ptr<ast::File>> files;

  std::vector<const ast::File*> pointers() const;
};
std::unique_ptr<Policy> parse_policy(const std::vector<std::string>& texts);

struct Checked {
  std::unique_ptr<Policy> policy;
  std::optional<typed_ir::Program> program;
  std::vector<diagnostics::Diagnostic> messages;

  /// Names of the diagnostics ("unknown_name"), sorted by place.
  std::vector<std::string> names() const;
  std::vector<std::string> errors() const;
  /// The text that a message points at.
  std::string marked(std::size_t i) const;
  std::string rendered() const;
};
Checked check_texts(const std::vector<std::string>& texts);
/// A small vocabulary (module `firm`), then the text.
Checked check_in_firm(const std::string& text);
/// The vocabulary itself.
extern const char* const kFirm;

/// The access condition of the rule's or role's first access, printed.
std::string where_of(const Checked& checked, const std::string& statement);

}  // namespace writ::check
