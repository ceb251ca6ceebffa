#include "runtime/json/json.h"

#include <iterator>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

namespace writ::json {
namespace {

/// Reads the bytes and tells how far it came, since the SAX events carry no position.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, std::size_t* read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() { ++at_; ++*read_; return *this; }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  std::size_t* read_;
};

class Builder {
 public:
  using Json = nlohmann::json;

  Builder(const std::size_t& read, std::size_t depth) : read_(read), depth_(depth) {}

  bool null() { return put(json::null()); }
  bool boolean(bool v) { return put(json::boolean(v)); }
  bool number_integer(Json::number_integer_t v) { return put_number(std::to_string(v)); }
  bool number_unsigned(Json::number_unsigned_t v) { return put_number(std::to_string(v)); }
  bool number_float(Json::number_float_t, const std::string& text) { return put_number(text); }
  bool string(std::string& v) { return put(json::string(std::move(v))); }
  bool binary(Json::binary_t&) { return refuse("binary data"); }
  bool start_object(std::size_t) { return open(json::object()); }
  bool key(std::string& name) {
    if (!is_new(name)) return refuse("duplicate name " + json::quoted(name));
    name_.push_back(std::move(name));
    return true;
  }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(json::array()); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
    const bool overflow = e.id == 406;
    if (error_.what.empty()) error_ = {position, overflow ? "number out of range" : "not a JSON text"};
    return false;
  }

  Error error() const { return error_; }
  Value take() { return std::move(root_); }

 private:
  bool refuse(std::string what) {
    error_ = {read_, std::move(what)};
    return false;
  }
  bool put_number(std::string text) {
    Value v;
    v.kind = Kind::Number;
    v.text = std::move(text);
    return put(std::move(v));
  }
  /// Few names are compared one by one; of many, a set is kept from then on.
  bool is_new(const std::string& name) {
    const Value& object = open_.back();
    if (object.members.size() < kFewNames) return object.find(name) == nullptr;
    auto& names = names_.back();
    if (names.empty())
      for (const Member& m : object.members) names.insert(m.name);
    return names.insert(name).second;
  }
  bool open(Value v) {
    if (open_.size() >= depth_) return refuse("nested too deep");
    names_.emplace_back();
    open_.push_back(std::move(v));
    return true;
  }
  bool close() {
    Value done = std::move(open_.back());
    open_.pop_back();
    names_.pop_back();
    return put(std::move(done));
  }
  bool put(Value v) {
    if (open_.empty()) {
      root_ = std::move(v);
    } else if (open_.back().is(Kind::Array)) {
      open_.back().items.push_back(std::move(v));
    } else {
      open_.back().members.push_back({std::move(name_.back()), std::move(v)});
      name_.pop_back();
    }
    return true;
  }

  static constexpr std::size_t kFewNames = 16;

  const std::size_t& read_;
  std::size_t depth_;
  std::vector<Value> open_;
  std::vector<std::unordered_set<std::string>> names_;
  std::vector<std::string> name_;
  Value root_;
  Error error_;
};

}  // namespace

const Value* Value::find(std::string_view name) const {
  for (const Member& m : members)
    if (m.name == name) return &m.value;
  return nullptr;
}

tl::expected<Value, Error> parse(std::string_view bytes, Limits limits) {
  if (bytes.size() > limits.bytes) return tl::unexpected(Error{limits.bytes, "larger than the limit"});
  if (bytes.substr(0, 3) == "\xEF\xBB\xBF") return tl::unexpected(Error{0, "byte order mark"});
  // The reader below takes a zero byte for the end of its input.
  if (const auto zero = bytes.find('\0'); zero != bytes.npos) return tl::unexpected(Error{zero, "not a JSON text"});
  std::size_t read = 0;
  Builder builder(read, limits.depth);
  const Cursor begin(bytes.data(), &read), end(bytes.data() + bytes.size(), &read);
  if (!nlohmann::json::sax_parse(begin, end, &builder)) return tl::unexpected(builder.error());
  return builder.take();
}

Value null() { return {}; }
Value boolean(bool value) {
  Value v;
  v.kind = Kind::Boolean;
  v.boolean = value;
  return v;
}
Value number(std::int64_t value) {
  Value v;
  v.kind = Kind::Number;
  v.text = std::to_string(value);
  return v;
}
Value string(std::string value) {
  Value v;
  v.kind = Kind::String;
  v.text = std::move(value);
  return v;
}
Value array(std::vector<Value> items) {
  Value v;
  v.kind = Kind::Array;
  v.items = std::move(items);
  return v;
}
Value object(std::vector<Member> members) {
  Value v;
  v.kind = Kind::Object;
  v.members = std::move(members);
  return v;
}
void set(Value& object, std::string_view name, Value value) {
  for (Member& m : object.members) {
    if (m.name != name) continue;
    m.value = std::move(value);
    return;
  }
  object.members.push_back({std::string(name), std::move(value)});
}

}  // namespace writ::json
