// Numbers are scaled integers on 128 bits (semantics.md 13.5). By intervals: can both sides of a comparison, and every step on the way
// there, be computed without overflow?
#pragma once

#include "compiler/typed_ir/conditions.h"

namespace writ::check {

bool fits_128_bits(const typed_ir::Conditions& store, typed_ir::TermId left, typed_ir::TermId right);

}  // namespace writ::check
