// Every refusal has a vector: the golden bundle with one thing wrong, refused for that very reason.
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/emit/emit.h"
#include "runtime/validate/validate.h"
#include "tests/unit/validate/golden.h"

namespace writ::runtime {
namespace {

using decision_ir::Tables;
using layout::kNone;

/// Bytes at an address that is a multiple of 8, exactly as long as they are: a read behind them is seen by the sanitizer.
struct Aligned {
  explicit Aligned(const std::string& bytes) : words((bytes.size() + 7) / 8), size(bytes.size()) {
    std::memcpy(words.data(), bytes.data(), size);
  }
  std::vector<std::uint64_t> words;
  std::size_t size;
};
Validation judge(const std::string& bytes) {
  const Aligned aligned(bytes);
  return validate(aligned.words.data(), aligned.size);
}

struct TableVector {
  Refusal expected;
  std::function<void(Tables&)> mutate;
};
struct ByteVector {
  Refusal expected;
  std::function<void(std::string&)> mutate;
};

layout::Header* header(std::string& b) { return reinterpret_cast<layout::Header*>(b.data()); }
layout::SectionEntry& entry(std::string& b, std::uint32_t i) {
  return reinterpret_cast<layout::SectionEntry*>(b.data() + sizeof(layout::Header))[i];
}
/// Takes a section out of the directory and its bytes out of the file.
void drop_last(std::string& b) {
  const std::uint32_t last = header(b)->section_count - 1;
  const std::uint64_t at = entry(b, last).offset;
  b.resize(at);
  header(b)->total_size = at;
  b.erase(sizeof(layout::Header) + last * sizeof(layout::SectionEntry), sizeof(layout::SectionEntry));
  header(b)->section_count = last;
  header(b)->total_size -= sizeof(layout::SectionEntry);
  for (std::uint32_t i = 0; i < last; ++i) entry(b, i).offset -= sizeof(layout::SectionEntry);
}

const std::vector<ByteVector>& byte_vectors() {
  static const std::vector<ByteVector> all = {
      {Refusal::too_short, [](std::string& b) { b.resize(63); }},
      {Refusal::not_a_bundle, [](std::string& b) { b[0] = 'w'; }},
      {Refusal::format_not_known, [](std::string& b) { header(b)->format = 2; }},
      {Refusal::feature_not_known, [](std::string& b) { header(b)->required_features = 1; }},
      {Refusal::header_not_zero, [](std::string& b) { header(b)->zero = 1; }},
      {Refusal::header_not_zero, [](std::string& b) { header(b)->reserved[3] = 1; }},
      {Refusal::size_differs, [](std::string& b) { b.resize(b.size() - 8); }},
      {Refusal::size_differs, [](std::string& b) { b.resize(b.size() + 8); }},
      {Refusal::directory_outside, [](std::string& b) { header(b)->section_count = 0xFFFFFFFF; }},
      {Refusal::sections_not_ascending, [](std::string& b) { entry(b, 1).id = 1; }},
      {Refusal::sections_not_ascending, [](std::string& b) { entry(b, 0).id = 0; }},
      {Refusal::section_gap, [](std::string& b) { entry(b, 2).offset += 8; }},
      {Refusal::section_overlap, [](std::string& b) { entry(b, 2).offset -= 8; }},
      {Refusal::section_outside, [](std::string& b) { entry(b, 5).count = 100'000; }},
      {Refusal::section_too_many_records, [](std::string& b) { entry(b, 5).count = ~0ULL; }},
      {Refusal::section_record_size, [](std::string& b) { entry(b, 5).record_size = 0; }},
      {Refusal::section_record_size, [](std::string& b) { entry(b, 5).record_size = 12, entry(b, 5).count *= 2; }},
      {Refusal::section_missing, [](std::string& b) { entry(b, header(b)->section_count - 3).id = 63; }},
      {Refusal::padding_not_zero, [](std::string& b) { b[entry(b, 2).offset + entry(b, 2).count] = 1; }},
      {Refusal::bytes_after_last_section, [](std::string& b) { b.resize(b.size() + 8), header(b)->total_size += 8; }},
      {Refusal::manifest_count, [](std::string& b) { entry(b, 0).count = 0, entry(b, 1).offset = entry(b, 0).offset; }},
      {Refusal::strings_start, [](std::string& b) { b[entry(b, 1).offset] = 1; }},
      {Refusal::strings_descend, [](std::string& b) { b[entry(b, 1).offset + 8] = 9; }},
      {Refusal::strings_end, [](std::string& b) { b[entry(b, 1).offset + 4 * (entry(b, 1).count - 1)] = 9; }},
      {Refusal::string_not_utf8, [](std::string& b) { b[entry(b, 2).offset + 5] = '\xFF'; }},
      {Refusal::strings_not_sorted, [](std::string& b) { b[entry(b, 2).offset + 5] = 'a'; }},
  };
  return all;
}

const std::vector<TableVector>& table_vectors() {
  static const std::vector<TableVector> all = {
      {Refusal::strings_empty, [](Tables& t) { t.strings = {}; }},
      {Refusal::strings_first_not_empty, [](Tables& t) { t.strings[0] = "A"; }},
      {Refusal::string_not_utf8, [](Tables& t) { t.strings[6] = "\xED\xA0\x80"; }},
      {Refusal::string_not_utf8, [](Tables& t) { t.strings[6] = "\xC0\x80"; }},
      {Refusal::string_index, [](Tables& t) { t.manifest.name = 7; }},
      {Refusal::string_index, [](Tables& t) { t.proof_records[0].verdict = kNone; }},
      {Refusal::list_outside, [](Tables& t) { t.grants[0].conjuncts.begin = kNone; }},
      {Refusal::list_empty_not_zero, [](Tables& t) { t.actions[1].grants.begin = 3; }},
      {Refusal::lists_share, [](Tables& t) { t.obligations[0].after = {0, static_cast<std::uint32_t>(t.indices.size())}; }},
      {Refusal::indices_unused, [](Tables& t) { t.indices.push_back(0); }},
      {Refusal::tile_order, [](Tables& t) { t.enums[1].first_value = 0; }},
      {Refusal::tile_rest, [](Tables& t) { t.enums[1].value_count = 3; }},
      {Refusal::tile_rest, [](Tables& t) { t.steps.push_back({}); }},
      {Refusal::record_not_zero, [](Tables& t) { t.values[0].zero = 1; }},
      {Refusal::flag_not_known, [](Tables& t) { t.roles[0].flags |= 8; }},
      {Refusal::manifest_switch, [](Tables& t) { t.manifest.unproved = 2; }},
      {Refusal::manifest_window, [](Tables& t) { t.manifest.not_after = 0; }},
      {Refusal::manifest_duration, [](Tables& t) { t.manifest.skew = -1; }},
      {Refusal::manifest_source_digests, [](Tables& t) { t.manifest.source_digests.count = 1; }},
      {Refusal::value_scalar, [](Tables& t) { t.values[0].scalar = 9; }},
      {Refusal::value_type, [](Tables& t) { t.values[2].type = 2; }},
      {Refusal::value_type, [](Tables& t) { t.values[3].type = 2; }},
      {Refusal::value_bool, [](Tables& t) { t.values[0].number = 2; }},
      {Refusal::value_ordinal, [](Tables& t) { t.values[2].number = 2; }},
      {Refusal::value_range, [](Tables& t) { t.values[1].number = 1'000'000'000'000'000'000; }},
      {Refusal::type_scalar, [](Tables& t) { t.types[0].scalar = 9; }},
      {Refusal::type_enum, [](Tables& t) { t.types[1].enumeration = 2; }},
      {Refusal::type_entity, [](Tables& t) { t.types[2].entity = kNone; }},
      {Refusal::enum_parent, [](Tables& t) { t.enums[0].parent = 0; }},
      {Refusal::enum_value_parent, [](Tables& t) { t.enum_values[1].parent = 1; }},
      {Refusal::entity_kind, [](Tables& t) { t.entities[0].kind = 6; }},
      {Refusal::entity_attribute, [](Tables& t) { t.entities[0].manager = 2; }},
      {Refusal::attribute_owner, [](Tables& t) { t.attributes[1].owner = 0; }},
      {Refusal::attribute_type, [](Tables& t) { t.attributes[1].type = 3; }},
      {Refusal::attribute_freshness, [](Tables& t) { t.attributes[1].fresh_within = -1; }},
      {Refusal::action_order, [](Tables& t) { t.actions[1].name = 1; }},
      {Refusal::action_resource, [](Tables& t) { t.actions[0].resource = 2; }},
      {Refusal::action_input, [](Tables& t) { t.actions[0].input = 2; }},
      {Refusal::action_grant, [](Tables& t) { t.indices[t.actions[0].grants.begin] = 2; }},
      {Refusal::action_restriction, [](Tables& t) { t.indices[t.actions[0].restrictions.begin] = 2; }},
      {Refusal::action_obligation, [](Tables& t) { t.indices[t.actions[0].obligations.begin] = 1; }},
      {Refusal::action_list_order, [](Tables& t) { t.indices[t.actions[0].restrictions.begin] = 1; }},
      {Refusal::threshold_value, [](Tables& t) { t.indices[t.thresholds[0].values.begin] = 0; }},
      {Refusal::term_kind, [](Tables& t) { t.terms[0].kind = 11; }},
      {Refusal::term_type, [](Tables& t) { t.terms[0].type = 3; }},
      {Refusal::term_root, [](Tables& t) { t.terms[0].root = 8; }},
      {Refusal::term_attribute, [](Tables& t) { t.terms[1].attribute = 2; }},
      {Refusal::term_value, [](Tables& t) { t.terms[2].value = 4; }},
      {Refusal::term_arity, [](Tables& t) { t.terms[1].terms = {}; }},
      {Refusal::term_not_forward, [](Tables& t) { t.indices[t.terms[1].terms.begin] = 1; }},
      {Refusal::cond_kind, [](Tables& t) { t.conds[0].kind = 23; }},
      {Refusal::cond_kind, [](Tables& t) { t.conds[0].kind = static_cast<std::uint32_t>(layout::CondKind::Can); }},
      {Refusal::cond_arity, [](Tables& t) { t.conds[0].kind = 3; }},
      {Refusal::cond_count, [](Tables& t) { t.conds[0].count = 1; }},
      {Refusal::cond_role, [](Tables& t) { t.conds[3].role = 2; }},
      {Refusal::cond_threshold, [](Tables& t) { t.conds[4].threshold = kNone; }},
      {Refusal::cond_term, [](Tables& t) { t.indices[t.conds[1].terms.begin] = 3; }},
      {Refusal::cond_not_forward, [](Tables& t) { t.indices[t.conds[5].conds.begin] = 5; }},
      {Refusal::role_use_role, [](Tables& t) { t.role_uses[0].role = 2; }},
      {Refusal::role_use_argument, [](Tables& t) { t.indices[t.role_uses[0].args.begin] = 3; }},
      {Refusal::role_order, [](Tables& t) { t.roles[1].name = 1; }},
      {Refusal::role_type, [](Tables& t) { t.roles[0].type = 2; }},
      {Refusal::role_eligible, [](Tables& t) { t.roles[0].eligible = 6; }},
      {Refusal::role_parameter, [](Tables& t) { t.indices[t.roles[0].parameter_types.begin] = 3; }},
      {Refusal::role_ancestor, [](Tables& t) { t.indices[t.roles[0].ancestors.begin] = 1; }},
      {Refusal::role_cap, [](Tables& t) { t.roles[0].cap = -1; }},
      {Refusal::role_scope, [](Tables& t) { t.roles[1].scope = 3; }},
      {Refusal::access_action, [](Tables& t) { t.indices[t.accesses[0].actions.begin] = 2; }},
      {Refusal::access_principal, [](Tables& t) { t.accesses[0].principal = 2; }},
      {Refusal::access_where, [](Tables& t) { t.accesses[0].where = 6; }},
      {Refusal::grant_role, [](Tables& t) { t.grants[1].role = 2; }},
      {Refusal::grant_access, [](Tables& t) { t.grants[0].access = 1; }},
      {Refusal::grant_condition, [](Tables& t) { t.grants[0].scope = 6; }},
      {Refusal::grant_condition, [](Tables& t) { t.grants[0].scope = kNone; }},
      {Refusal::grant_condition, [](Tables& t) { t.accesses[0].where = kNone; }},
      {Refusal::grant_order, [](Tables& t) { t.grants[0].role = 1; }},
      {Refusal::route_role, [](Tables& t) { t.routes[0].role = 2; }},
      {Refusal::route_kind, [](Tables& t) { t.routes[0].kind = 2; }},
      {Refusal::route_condition, [](Tables& t) { t.routes[0].when = 6; }},
      {Refusal::route_gate, [](Tables& t) { t.indices[t.routes[0].gates.begin] = 2; }},
      {Refusal::capability_reference, [](Tables& t) { t.capabilities[0].where = kNone; }},
      {Refusal::capability_order, [](Tables& t) { std::swap(t.capabilities[0], t.capabilities[1]); }},
      {Refusal::capability_scope, [](Tables& t) { t.indices[t.capabilities[0].scopes.begin] = 1'000; }},
      {Refusal::capability_scope, [](Tables& t) { t.capabilities[0].scopes = {}; }},
      {Refusal::side_element_access, [](Tables& t) { t.indices[t.side_elements[0].accesses.begin] = 1; }},
      {Refusal::side_element_role, [](Tables& t) { t.indices[t.side_elements[0].roles.begin] = 1; }},
      {Refusal::side_need, [](Tables& t) { t.sides[0].need = 2; }},
      {Refusal::side_within, [](Tables& t) { t.indices[t.sides[0].within.begin] = 2; }},
      {Refusal::key_path_action, [](Tables& t) { t.key_paths[0].action = 2; }},
      {Refusal::key_path_term, [](Tables& t) { t.key_paths[0].term = 3; }},
      {Refusal::restriction_order, [](Tables& t) { t.restrictions[0].name = 3; }},
      {Refusal::restriction_kind, [](Tables& t) { t.restrictions[0].kind = 4; }},
      {Refusal::restriction_level, [](Tables& t) { t.restrictions[0].level = 5; }},
      {Refusal::restriction_access, [](Tables& t) { t.indices[t.restrictions[0].accesses.begin] = 1; }},
      {Refusal::restriction_dimension, [](Tables& t) { t.restrictions[1].across = 2; }},
      {Refusal::restriction_key, [](Tables& t) { t.restrictions[1].key = 2; }},
      {Refusal::restriction_window, [](Tables& t) { t.restrictions[1].over = -1; }},
      {Refusal::restriction_lift, [](Tables& t) { t.lifts[0].of = 1; }},
      {Refusal::lift_kind, [](Tables& t) { t.lifts[0].kind = 3; }},
      {Refusal::lift_person, [](Tables& t) { t.indices[t.lifts[0].persons.begin] = 7; }},
      {Refusal::lift_type, [](Tables& t) { t.lifts[0].object_type = 2; }},
      {Refusal::lift_condition, [](Tables& t) { t.lifts[0].who = 6; }},
      {Refusal::lift_condition, [](Tables& t) { t.lifts[0].who = kNone; }},
      {Refusal::lift_condition, [](Tables& t) { t.lifts[0].object_where = kNone; }},
      {Refusal::lift_condition, [](Tables& t) { t.lifts[0].while_condition = kNone; }},
      {Refusal::lift_within, [](Tables& t) { t.lifts[0].within_dimension = kNone; }},
      {Refusal::lift_warrant, [](Tables& t) { t.lifts[0].warrant = 3; }},
      {Refusal::lift_chain, [](Tables& t) { t.lifts[0].chain = 2; }},
      {Refusal::lift_control, [](Tables& t) { t.indices[t.lifts[0].controls.begin] = 1; }},
      {Refusal::lift_restriction, [](Tables& t) { t.lifts.push_back(t.lifts[0]), t.lifts[1] = {}, t.lifts[1].of = 2; }},
      {Refusal::party_kind, [](Tables& t) { t.parties[0].kind = 5; }},
      {Refusal::party_reference, [](Tables& t) { t.parties[1].chain = 2; }},
      {Refusal::party_not_forward, [](Tables& t) { t.indices[t.parties[1].inner.begin] = 1; }},
      {Refusal::step_party, [](Tables& t) { t.indices[t.steps[0].parties.begin] = 3; }},
      {Refusal::step_switch, [](Tables& t) { t.steps[0].either = 2; }},
      {Refusal::chain_switch, [](Tables& t) { t.chains[0].may_repeat = 2; }},
      {Refusal::chain_not_forward, [](Tables& t) { t.parties[2].chain = 1; }},
      {Refusal::chain_not_forward, [](Tables& t) { t.parties[0].chain = 0; }},
      {Refusal::chain_not_forward, [](Tables& t) { t.indices[t.steps[0].parties.begin] = 2; }},
      {Refusal::chain_over, [](Tables& t) { t.indices[t.chains[0].over.begin] = 3; }},
      {Refusal::control_switch, [](Tables& t) { t.controls[0].by_requirement = 2; }},
      {Refusal::obligation_kind, [](Tables& t) { t.obligations[0].kind = 2; }},
      {Refusal::obligation_access, [](Tables& t) { t.indices[t.obligations[0].after.begin] = 1; }},
      {Refusal::source_index, [](Tables& t) { t.controls[0].source = 2; }},
      {Refusal::sources_not_sorted, [](Tables& t) { std::swap(t.sources[0], t.sources[1]); }},
      {Refusal::sentences_count, [](Tables& t) { t.sentences.pop_back(); }},
      {Refusal::condition_text_order, [](Tables& t) { std::swap(t.condition_texts[0], t.condition_texts[1]); }},
  };
  return all;
}

TEST(Validate, AcceptsTheGolden) {
  const Validation v = judge(emit::to_bytes(test::golden()));
  EXPECT_TRUE(v.accepted()) << to_string(v.refusal) << " in section " << v.section << " record " << v.record;
}

TEST(Validate, ViewReadsWhatWasWritten) {
  const Aligned aligned(emit::to_bytes(test::golden()));
  const Validation v = validate(aligned.words.data(), aligned.size);
  ASSERT_TRUE(v.accepted());
  EXPECT_EQ(v.view.string_count(), 7u);
  EXPECT_EQ(v.view.text(v.view.actions[1].name), "b");
  const auto conjuncts = v.view.list(v.view.grants[0].conjuncts);
  EXPECT_EQ(std::vector<std::uint32_t>(conjuncts.begin(), conjuncts.end()), (std::vector<std::uint32_t>{1, 2}));
}

TEST(Validate, WriteReadWriteIsIdentity) {
  const std::string bytes = emit::to_bytes(test::golden());
  const auto read = emit::from_bytes(bytes);
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(emit::to_bytes(*read), bytes);
}

TEST(Validate, RefusesMalformedBytes) {
  for (std::size_t i = 0; i < byte_vectors().size(); ++i) {
    std::string bytes = emit::to_bytes(test::golden());
    byte_vectors()[i].mutate(bytes);
    EXPECT_EQ(to_string(judge(bytes).refusal), to_string(byte_vectors()[i].expected)) << "byte vector " << i;
  }
}

TEST(Validate, RefusesMalformedTables) {
  for (std::size_t i = 0; i < table_vectors().size(); ++i) {
    Tables tables = test::golden();
    table_vectors()[i].mutate(tables);
    EXPECT_EQ(to_string(judge(emit::to_bytes(tables)).refusal), to_string(table_vectors()[i].expected)) << "table vector " << i;
  }
}

/// One vector as a line: how much of the golden bundle stands before and behind the bytes that differ.
std::string vector_line(const std::string& golden, const std::string& bytes, Refusal expected, std::size_t number) {
  const std::size_t most = std::min(golden.size(), bytes.size());
  std::size_t front = 0, back = 0;
  while (front < most && golden[front] == bytes[front]) ++front;
  while (back < most - front && golden[golden.size() - 1 - back] == bytes[bytes.size() - 1 - back]) ++back;
  std::string hex;
  for (const char c : bytes.substr(front, bytes.size() - front - back)) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return fmt::format(R"({{"name": "{1}-{0:03}", "refusal": "{1}", "front": {2}, "insert": "{3}", "back": {4}}})", number, to_string(expected), front, hex, back) + "\n";
}

/// tests/conformance holds the same vectors as data, for loaders in other languages. WRIT_UPDATE_GOLDENS=1 writes them.
TEST(Validate, TheVectorsAreThereAsData) {
  const std::string golden = emit::to_bytes(test::golden());
  std::string lines;
  std::size_t number = 0;
  for (const ByteVector& v : byte_vectors()) {
    std::string bytes = golden;
    v.mutate(bytes);
    lines += vector_line(golden, bytes, v.expected, ++number);
  }
  for (const TableVector& v : table_vectors()) {
    Tables tables = test::golden();
    v.mutate(tables);
    lines += vector_line(golden, emit::to_bytes(tables), v.expected, ++number);
  }
  const std::string folder = WRIT_SOURCE_DIR "/tests/conformance/";
  for (const auto& [name, content] : {std::pair<const char*, const std::string&>("golden.writb", golden), {"malformed.jsonl", lines}}) {
    if (std::getenv("WRIT_UPDATE_GOLDENS") != nullptr) std::ofstream(folder + name, std::ios::binary) << content;
    std::ifstream in(folder + name, std::ios::binary);
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>(in), {}}), content) << name << " is out of date: run with WRIT_UPDATE_GOLDENS=1";
  }
}

TEST(Validate, EveryRefusalHasAVector) {
  std::set<Refusal> seen = {Refusal::too_large, Refusal::memory_not_aligned};   // the next two tests
  for (const ByteVector& v : byte_vectors()) seen.insert(v.expected);
  for (const TableVector& v : table_vectors()) seen.insert(v.expected);
#define WRIT_REFUSAL(name, text) EXPECT_TRUE(seen.contains(Refusal::name)) << #name;
#include "runtime/validate/refusals.def"
#undef WRIT_REFUSAL
  RecordProperty("vectors", static_cast<int>(byte_vectors().size() + table_vectors().size()));
}

/// The size alone is refused, before a byte is read: no gibibyte need be there.
TEST(Validate, RefusesWhatIsTooLarge) {
  const Aligned one(emit::to_bytes(test::golden()));
  EXPECT_EQ(validate(one.words.data(), layout::kMaxBytes + 1).refusal, Refusal::too_large);
  EXPECT_EQ(validate(one.words.data(), SIZE_MAX).refusal, Refusal::too_large);
}

/// docs/bundle_format.md lists every refusal with its sentence, in order, and nothing else.
TEST(Validate, ThePageListsEveryRefusal) {
  std::ifstream page(WRIT_SOURCE_DIR "/docs/bundle_format.md");
  std::string listed, expected;
  for (std::string line; std::getline(page, line);)
    if (line.starts_with("| `")) listed += line + "\n";
#define WRIT_REFUSAL(name, text) expected += "| `" #name "` | " text " |\n";
#include "runtime/validate/refusals.def"
#undef WRIT_REFUSAL
  EXPECT_EQ(listed, expected);
}

TEST(Validate, RefusesMemoryThatIsNotAligned) {
  const std::string bytes = emit::to_bytes(test::golden());
  std::vector<std::uint64_t> words(bytes.size() / 8 + 1);
  char* shifted = reinterpret_cast<char*>(words.data()) + 4;
  std::memcpy(shifted, bytes.data(), bytes.size());
  EXPECT_EQ(validate(shifted, bytes.size()).refusal, Refusal::memory_not_aligned);
}

TEST(Validate, TheExplainSectionsMayBeDropped) {
  std::string bytes = emit::to_bytes(test::golden());
  drop_last(bytes);
  EXPECT_EQ(to_string(judge(bytes).refusal), "none");
  drop_last(bytes);
  EXPECT_EQ(to_string(judge(bytes).refusal), "none");
  drop_last(bytes);
  EXPECT_EQ(judge(bytes).refusal, Refusal::section_missing);
}

TEST(Validate, EveryCutIsRefused) {
  const std::string bytes = emit::to_bytes(test::golden());
  for (std::size_t n = 0; n < bytes.size(); ++n) EXPECT_FALSE(judge(bytes.substr(0, n)).accepted()) << n;
}

TEST(Validate, AnyFlippedByteIsJudgedWithoutACrash) {
  const std::string bytes = emit::to_bytes(test::golden());
  std::size_t refused = 0;
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    std::string flipped = bytes;
    flipped[n] = static_cast<char>(~flipped[n]);
    refused += !judge(flipped).accepted();
  }
  EXPECT_GT(refused, bytes.size() / 2);
}

}  // namespace
}  // namespace writ::runtime
