// Requests bent a little: members dropped, misspelt, doubled, emptied, of the wrong type, or with a value that stands somewhere else under the same
// name. From one seed, so that the same numbers make the same requests.
#pragma once

#include <map>

#include "tests/oracles/theorems/generate.h"

namespace writ::oracles {

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : dice_(seed) {}

  /// Remembers the values of a request by the names they stand under.
  void learn(const json::Value& value, const std::string& name = "") {
    auto& seen = seen_[name];
    if (seen.size() < 64) seen.push_back(value);
    for (const json::Value& item : value.items) learn(item, name);
    for (const json::Member& m : value.members) learn(m.value, m.name);
  }

  json::Value mutant(json::Value request) {
    for (std::size_t n = 1 + dice_.upto(3); n > 0; --n) bend(request);
    return request;
  }

 private:
  /// A node at random, each level with a chance to stop.
  void bend(json::Value& value, const std::string& name = "") {
    const bool leaf = value.items.empty() && value.members.empty();
    if (!leaf && !dice_.once_in(6)) {
      const std::size_t at = dice_.upto(value.items.size() + value.members.size());
      if (at < value.items.size()) return bend(value.items[at], name);
      json::Member& m = value.members[at - value.items.size()];
      return bend(m.value, m.name);
    }
    change(value, name);
  }

  void change(json::Value& value, const std::string& name) {
    switch (dice_.upto(9)) {
      case 0: value = json::null(); return;
      case 1: value = of_another_kind(); return;
      case 2: value = dice_.of(seen_.at(seen_.contains(name) ? name : "")); return;
      case 3: drop(value); return;
      case 4: misspell(value); return;
      case 5: move(value); return;
      case 6: wrap(value); return;
      case 7: {
        auto other = seen_.begin();
        std::advance(other, static_cast<std::ptrdiff_t>(dice_.upto(seen_.size())));
        add(value, other->first, dice_.of(other->second));
        return;
      }
      default: if (value.is(json::Kind::Boolean)) value.boolean = !value.boolean; else add(value, name, value); return;
    }
  }

  json::Value of_another_kind() {
    static const std::vector<json::Value> kinds{json::boolean(true), json::number(7), json::number(-1), json::string(""), json::string("x"), json::string("2026-02-30"),
                                                json::string("2026-06-20T08:00:00+25:00"), json::string("1970-01-01"), json::array(), json::object(), number("1e400"),
                                                number("0.00001"), number("12345678901234567890"), number("5e2"), json::string("2026-12-31T23:59:60.5Z")};
    return dice_.of(kinds);
  }
  static json::Value number(const char* text) {
    json::Value v = json::number(0);
    v.text = text;
    return v;
  }
  void drop(json::Value& value) {
    if (!value.items.empty()) value.items.erase(value.items.begin() + static_cast<std::ptrdiff_t>(dice_.upto(value.items.size())));
    else if (!value.members.empty()) value.members.erase(value.members.begin() + static_cast<std::ptrdiff_t>(dice_.upto(value.members.size())));
    else value = json::null();
  }
  void misspell(json::Value& value) {
    if (value.members.empty()) {
      if (value.is(json::Kind::String) && !value.text.empty()) value.text.erase(value.text.size() - 1);
      return;
    }
    std::string& name = value.members[dice_.upto(value.members.size())].name;
    std::string bent = name;
    if (bent.size() > 2) std::swap(bent[0], bent[1]);
    if (value.find(bent) == nullptr) name = bent;
  }
  /// An instant a little earlier or later, an amount a little more.
  void move(json::Value& value) {
    if (!value.is(json::Kind::String)) return drop(value);
    if (value.text.size() >= 10 && value.text[4] == '-') value.text[9] = static_cast<char>('0' + dice_.upto(10));
    else value.text += dice_.once_in(2) ? "0" : ".0001";
  }
  static void wrap(json::Value& value) { value = json::object({{"some", json::array({value})}}); }
  static void add(json::Value& value, const std::string& name, json::Value more) {
    if (value.is(json::Kind::Array)) value.items.push_back(std::move(more));
    else if (value.is(json::Kind::Object) && !name.empty()) json::set(value, name, std::move(more));
  }

  Dice dice_;
  std::map<std::string, std::vector<json::Value>> seen_;
};

}  // namespace writ::oracles
