#include "compiler/emit/emit.h"

#include <bit>
#include <cstring>
#include <memory>
#include <type_traits>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "compiler/support/check.h"

namespace writ::emit {
namespace {

static_assert(std::endian::native == std::endian::little, "records are written as they lie in memory");

using layout::Section;

/// The section that holds records of a type.
template <class Record>
constexpr Section section_of();
#define WRIT_SECTION(Record, id) \
  template <>                    \
  constexpr Section section_of<layout::Record>() { return Section::id; }
WRIT_SECTION(Value, Values) WRIT_SECTION(Type, Types) WRIT_SECTION(Enum, Enums) WRIT_SECTION(EnumValue, EnumValues)
WRIT_SECTION(System, Systems) WRIT_SECTION(Entity, Entities) WRIT_SECTION(Attribute, Attributes) WRIT_SECTION(Action, Actions)
WRIT_SECTION(Threshold, Thresholds) WRIT_SECTION(Term, Terms) WRIT_SECTION(Cond, Conds) WRIT_SECTION(RoleUse, RoleUses)
WRIT_SECTION(Role, Roles) WRIT_SECTION(Access, Accesses) WRIT_SECTION(Grant, Grants) WRIT_SECTION(Route, Routes)
WRIT_SECTION(Capability, Capabilities) WRIT_SECTION(SideElement, SideElements) WRIT_SECTION(Side, Sides)
WRIT_SECTION(KeyPath, KeyPaths) WRIT_SECTION(Restriction, Restrictions) WRIT_SECTION(Lift, Lifts) WRIT_SECTION(Party, Parties)
WRIT_SECTION(Step, Steps) WRIT_SECTION(Chain, Chains) WRIT_SECTION(Control, Controls) WRIT_SECTION(Obligation, Obligations)
WRIT_SECTION(ProofRecord, ProofRecords) WRIT_SECTION(Source, Sources) WRIT_SECTION(Sentence, Sentences)
WRIT_SECTION(ConditionText, ConditionTexts)
#undef WRIT_SECTION

struct Part {
  Section id;
  std::uint32_t record_size;
  std::uint64_t count;
  std::string bytes;
};

template <class T>
Part part(Section id, const std::vector<T>& records) {
  static_assert(std::is_trivially_copyable_v<T>);
  Part p{id, sizeof(T), records.size(), std::string(records.size() * sizeof(T), '\0')};
  if (!records.empty()) std::memcpy(p.bytes.data(), records.data(), p.bytes.size());
  return p;
}

Part string_bytes(const std::vector<std::string>& strings, std::vector<std::uint32_t>& offsets) {
  Part p{Section::StringBytes, 1, 0, {}};
  for (const std::string& s : strings) {
    offsets.push_back(static_cast<std::uint32_t>(p.bytes.size()));
    p.bytes += s;
  }
  offsets.push_back(static_cast<std::uint32_t>(p.bytes.size()));
  p.count = p.bytes.size();
  return p;
}

std::vector<Part> parts_of(const decision_ir::Tables& tables) {
  std::vector<std::uint32_t> offsets;
  Part bytes = string_bytes(tables.strings, offsets);
  std::vector<Part> parts;
  parts.push_back(part(Section::Manifest, std::vector{tables.manifest}));
  parts.push_back(part(Section::StringOffsets, offsets));
  parts.push_back(std::move(bytes));
  parts.push_back(part(Section::Indices, tables.indices));
#define WRIT_TABLE(Record, member) parts.push_back(part(section_of<layout::Record>(), tables.member));
#include "compiler/decision_ir/tables.def"
#undef WRIT_TABLE
  return parts;
}

std::uint64_t aligned(std::uint64_t offset) { return (offset + 7) & ~std::uint64_t{7}; }

template <class T>
void append(std::string& out, const T& record) {
  out.append(reinterpret_cast<const char*>(&record), sizeof record);
}

template <class T>
tl::expected<std::vector<T>, std::string> records(std::string_view bytes, const layout::SectionEntry& entry) {
  if (entry.record_size != sizeof(T)) return tl::make_unexpected(fmt::format("section {} has records of {} bytes, not {}", entry.id, entry.record_size, sizeof(T)));
  std::vector<T> out(entry.count);
  if (entry.count > 0) std::memcpy(out.data(), bytes.data() + entry.offset, entry.count * sizeof(T));
  return out;
}

}  // namespace

std::string to_bytes(const decision_ir::Tables& tables) {
  const std::vector<Part> parts = parts_of(tables);
  layout::Header header{};
  std::memcpy(header.magic, layout::kMagic, sizeof header.magic);
  header.format = layout::kFormat;
  header.section_count = static_cast<std::uint32_t>(parts.size());

  std::vector<layout::SectionEntry> directory;
  std::uint64_t offset = aligned(sizeof(layout::Header) + parts.size() * sizeof(layout::SectionEntry));
  for (const Part& p : parts) {
    directory.push_back({static_cast<std::uint32_t>(p.id), p.record_size, offset, p.count});
    offset = aligned(offset + p.bytes.size());
  }
  header.total_size = offset;

  std::string out;
  out.reserve(offset);
  append(out, header);
  for (const layout::SectionEntry& entry : directory) append(out, entry);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out.resize(directory[i].offset, '\0');
    out += parts[i].bytes;
  }
  out.resize(offset, '\0');
  return out;
}

tl::expected<decision_ir::Tables, std::string> from_bytes(std::string_view bytes) {
  layout::Header header{};
  if (bytes.size() < sizeof header) return tl::make_unexpected("shorter than a header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, layout::kMagic, sizeof header.magic) != 0) return tl::make_unexpected("not a Writ bundle");
  if (header.format != layout::kFormat) return tl::make_unexpected(fmt::format("format {}; this reader knows {}", header.format, layout::kFormat));
  if (header.total_size != bytes.size()) return tl::make_unexpected("cut short, or with something behind its end");
  if (header.section_count > 1024 || sizeof header + header.section_count * sizeof(layout::SectionEntry) > bytes.size())
    return tl::make_unexpected("a directory longer than the file");

  decision_ir::Tables tables;
  std::vector<std::uint32_t> offsets;
  std::string pool;
  for (std::uint32_t i = 0; i < header.section_count; ++i) {
    layout::SectionEntry entry{};
    std::memcpy(&entry, bytes.data() + sizeof header + i * sizeof entry, sizeof entry);
    if (entry.record_size == 0 || entry.offset > bytes.size() || entry.count > (bytes.size() - entry.offset) / entry.record_size)
      return tl::make_unexpected(fmt::format("section {} lies outside the file", entry.id));
    switch (static_cast<Section>(entry.id)) {
      case Section::Manifest: {
        auto got = records<layout::Manifest>(bytes, entry);
        if (!got) return tl::make_unexpected(got.error());
        if (got->size() != 1) return tl::make_unexpected("not exactly one manifest");
        tables.manifest = got->front();
        break;
      }
      case Section::StringOffsets: {
        auto got = records<std::uint32_t>(bytes, entry);
        if (!got) return tl::make_unexpected(got.error());
        offsets = std::move(*got);
        break;
      }
      case Section::StringBytes: pool.assign(bytes.substr(entry.offset, entry.count)); break;
      case Section::Indices: {
        auto got = records<std::uint32_t>(bytes, entry);
        if (!got) return tl::make_unexpected(got.error());
        tables.indices = std::move(*got);
        break;
      }
#define WRIT_TABLE(Record, member)                                     \
  case section_of<layout::Record>(): {                                 \
    auto got = records<layout::Record>(bytes, entry);                  \
    if (!got) return tl::make_unexpected(got.error());                 \
    tables.member = std::move(*got);                                   \
    break;                                                             \
  }
#include "compiler/decision_ir/tables.def"
#undef WRIT_TABLE
    }
  }
  for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
    if (offsets[i] > offsets[i + 1] || offsets[i + 1] > pool.size()) return tl::make_unexpected("string offsets outside the string bytes");
    tables.strings.push_back(pool.substr(offsets[i], offsets[i + 1] - offsets[i]));
  }
  return tables;
}

std::string digest(std::string_view bytes) {
  unsigned char hash[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const int ok = EVP_Digest(bytes.data(), bytes.size(), hash, &size, EVP_sha256(), nullptr);
  WRIT_CHECK(ok == 1, "SHA-256 is available");
  std::string out = "sha256:";
  for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", hash[i]);
  return out;
}

}  // namespace writ::emit
