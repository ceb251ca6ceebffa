// `std::visit` with one lambda per alternative; a missing alternative fails to compile.
#pragma once

namespace writ::support {

template <class... Fs>
struct Overloaded : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overloaded(Fs...) -> Overloaded<Fs...>;

}  // namespace writ::support
