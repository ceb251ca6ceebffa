#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include "tests/unit/check/policy.h"
namespace writ::check {
TEST(Scratch, files) {
  const char* list = std::getenv("WRIT_FILES");
  if (!list) GTEST_SKIP();
  std::vector<std::string> texts;
  std::istringstream names(list);
  for (std::string name; names >> name;) { std::ifstream in(name); std::stringstream s; s << in.rdbuf(); texts.push_back(s.str()); }
  const Checked checked = check_texts(texts);
  std::cout << checked.rendered();
  if (checked.program && std::getenv("WRIT_PRINT")) std::cout << typed_ir::print(*checked.program);
}
}
