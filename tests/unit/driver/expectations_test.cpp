#include "compiler/driver/expectations.h"

#include <gmock/gmock.h>

namespace writ::driver {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;

class Expectations : public testing::Test {
 protected:
  Diagnostic told(std::uint32_t line, Code code = Code::not_formatted) {
    Diagnostic d;
    d.code = code;
    d.args = {"this.writ", "why"};
    std::uint32_t begin = 0;
    const std::string_view text = sources_.text(file_);
    for (std::uint32_t at = 1; at < line; ++at) begin = static_cast<std::uint32_t>(text.find('\n', begin)) + 1;
    d.range = {file_, begin, begin + 1};
    return d;
  }
  std::vector<Code> unmet(const std::vector<Diagnostic>& reported) {
    std::vector<Code> codes;
    for (const Diagnostic& d : unmet_expectations(reported, sources_)) codes.push_back(d.code);
    return codes;
  }
  void given(std::string text) { file_ = sources_.add("a.writ", std::move(text)); }

  source::SourceSet sources_;
  source::FileId file_;
};

TEST_F(Expectations, AreMetByWhatTheyNameOnTheirLine) {
  given("x // expected-error {{not in the canonical layout}} [WRIT6010]\n// expected-error@+1 {{canonical}}\ny\n");
  EXPECT_THAT(unmet({told(1), told(3)}), testing::IsEmpty());
}

TEST_F(Expectations, AreMissedOnAnotherLineByAnotherCodeOrOtherWords) {
  given("x // expected-error {{canonical}} [WRIT6010]\ny\n");
  EXPECT_THAT(unmet({told(2)}), testing::UnorderedElementsAre(Code::expectation_missed, Code::expectation_unmet));
  EXPECT_THAT(unmet({told(1, Code::cannot_write)}), testing::UnorderedElementsAre(Code::expectation_missed, Code::expectation_unmet));
  EXPECT_THAT(unmet({}), testing::ElementsAre(Code::expectation_missed));
}

TEST_F(Expectations, EachIsMetOnce) {
  given("x // expected-error {{canonical}}\n");
  EXPECT_THAT(unmet({told(1), told(1)}), testing::ElementsAre(Code::expectation_unmet));
}

}  // namespace
}  // namespace writ::driver
