#include "compiler/report/diagnostics_report.h"

#include <gmock/gmock.h>

#include "compiler/report/columns.h"

namespace writ::report {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;

class DiagnosticsReport : public testing::Test {
 protected:
  source::FileId add(std::string path, std::string text) { return sources_.add(std::move(path), std::move(text)); }
  source::Range find(source::FileId file, std::string_view word) const {
    const auto at = static_cast<std::uint32_t>(sources_.text(file).find(word));
    return {file, at, at + static_cast<std::uint32_t>(word.size())};
  }
  Diagnostic diagnostic(source::Range range, std::string label = "") const {
    Diagnostic d;
    d.code = Code::not_supported_yet;
    d.range = range;
    d.args = {"flow"};
    d.label = std::move(label);
    return d;
  }
  std::string shown(const Diagnostic& d) const { return text(d, sources_, Palette()); }
  source::SourceSet sources_;
};

TEST_F(DiagnosticsReport, PointsAtTheNarrowestThing) {
  const auto file = add("a.writ", "module a\n\nflow f { x }\n");
  EXPECT_EQ(shown(diagnostic(find(file, "flow"), "here")),
            "error[WRIT2001]: `flow` is part of the language but not supported yet\n"
            " --> a.writ:3:1\n"
            "  |\n"
            "3 | flow f { x }\n"
            "  | ^^^^ here\n");
}

TEST_F(DiagnosticsReport, TwoLabelsOnOneLineAndNotes) {
  const auto file = add("a.writ", "sod x { separate a from b }\n");
  Diagnostic d = diagnostic(find(file, "separate"), "one");
  d.with_label(find(file, "from"), "two").with_note("a note\nof two lines").with_fix("", {{find(file, "sod"), "never"}});
  EXPECT_EQ(shown(d),
            "error[WRIT2001]: `flow` is part of the language but not supported yet\n"
            " --> a.writ:1:9\n"
            "  |\n"
            "1 | sod x { separate a from b }\n"
            "  |         ^^^^^^^^   ---- two\n"
            "  |         one\n"
            "  = note: a note\n"
            "          of two lines\n"
            "  = help: write `never`\n");
}

TEST_F(DiagnosticsReport, LabelsInOtherFilesGetTheirOwnSnippet) {
  const auto a = add("a.writ", "role r\n"), b = add("b.writ", "1\n2\n3\n4\n5\n6\n7\n8\n9\nrole r\n");
  Diagnostic d = diagnostic(find(a, "r"), "again");
  d.with_label(find(b, "role"), "first here");
  EXPECT_EQ(shown(d),
            "error[WRIT2001]: `flow` is part of the language but not supported yet\n"
            "  --> a.writ:1:1\n"
            "   |\n"
            " 1 | role r\n"
            "   | ^ again\n"
            "  ::: b.writ:10:1\n"
            "   |\n"
            "10 | role r\n"
            "   | ---- first here\n");
}

TEST_F(DiagnosticsReport, ColumnsCountWhatIsSeen) {
  const auto file = add("a.writ", "\t\"日本é\" bad\n");
  EXPECT_THAT(shown(diagnostic(find(file, "bad"))), testing::HasSubstr("a.writ:1:13\n  |\n1 |     \"日本é\" bad\n  |             ^^^\n"));
}

TEST_F(DiagnosticsReport, HostileTextCannotSteerTheTerminal) {
  const auto file = add("a\x1b[2J.writ", "x \x1b[31m \xE2\x80\xAE evil \xFF bad\n");
  const std::string out = shown(diagnostic(find(file, "bad"), "\x1b]0;title\x07"));
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_EQ(out.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_THAT(out, testing::HasSubstr("<U+202E>"));
}

TEST_F(DiagnosticsReport, LongLinesAreCutAroundTheMark) {
  const auto file = add("a.writ", std::string(5000, 'x') + " bad " + std::string(5000, 'y') + "\n");
  const std::string out = shown(diagnostic(find(file, "bad"), "here"));
  EXPECT_LT(out.size(), 700u);
  const auto lines = [&out] {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin < out.size();) {
      const auto end = out.find('\n', begin);
      all.push_back(out.substr(begin, end - begin));
      begin = end + 1;
    }
    return all;
  }();
  EXPECT_EQ(width(lines[3].substr(0, lines[3].find("bad"))), width(lines[4].substr(0, lines[4].find("^^^"))));
}

TEST_F(DiagnosticsReport, NowhereHasNoSnippetAndEndOfFileHasOne) {
  EXPECT_EQ(shown(diagnostic({})), "error[WRIT2001]: `flow` is part of the language but not supported yet\n");
  const auto file = add("a.writ", "module a\n");
  EXPECT_THAT(shown(diagnostic({file, 9, 9})), testing::HasSubstr("^"));
}

TEST_F(DiagnosticsReport, ColourWrapsAndNeverChangesTheText) {
  const auto file = add("a.writ", "flow f\n");
  const std::string coloured = text(diagnostic(find(file, "flow"), "here"), sources_, Palette(Colour::On));
  std::string plain;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\x1b') i = coloured.find('m', i);
    else plain += coloured[i];
  }
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(plain, shown(diagnostic(find(file, "flow"), "here")));
}

TEST_F(DiagnosticsReport, JsonCarriesEverything) {
  const auto file = add("a.writ", "flow f\n");
  Diagnostic d = diagnostic(find(file, "flow"), "here");
  d.with_label(find(file, "f"), "there").with_note("n").with_fix("t", {{find(file, "flow"), "x"}});
  const auto j = json(d, sources_);
  EXPECT_EQ(j["code"], "WRIT2001");
  EXPECT_EQ(j["name"], "not_supported_yet");
  EXPECT_EQ(j["at"]["line"], 1);
  EXPECT_EQ(j["at"]["end_column"], 5);
  EXPECT_EQ(j["related"][0]["text"], "there");
  EXPECT_EQ(j["fixes"][0]["edits"][0]["replacement"], "x");
}

/// The parts that the schema of SARIF 2.1.0 requires, and those it forbids to be otherwise.
TEST_F(DiagnosticsReport, SarifHasTheRequiredParts) {
  const auto file = add("dir/a b.writ", "flow é f\n");
  Diagnostic d = diagnostic(find(file, "f\n"), "here");
  d.with_label(find(file, "flow"), "there").with_fix("t", {{find(file, "flow"), "x"}});
  const auto log = nlohmann::json::parse(sarif({d, diagnostic({})}, {}, sources_, {"0.1", "check", 1}));
  EXPECT_EQ(log.at("version"), "2.1.0");
  const auto& run = log.at("runs").at(0);
  EXPECT_EQ(run.at("tool").at("driver").at("name"), "writ");
  EXPECT_EQ(run.at("tool").at("driver").at("rules").size(), 1u);
  const auto& result = run.at("results").at(0);
  EXPECT_TRUE(result.at("message").at("text").is_string());
  EXPECT_EQ(result.at("level"), "error");
  const auto& where = result.at("locations").at(0).at("physicalLocation");
  EXPECT_EQ(where.at("artifactLocation").at("uri"), "dir/a%20b.writ");
  EXPECT_EQ(where.at("region").at("startColumn"), 8);   // UTF-16 code units from 1
  EXPECT_GE(result.at("fixes").at(0).at("artifactChanges").at(0).at("replacements").at(0).at("deletedRegion").at("startLine"), 1);
  EXPECT_FALSE(run.at("results").at(1).contains("locations"));
}

}  // namespace
}  // namespace writ::report
