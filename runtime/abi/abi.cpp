// The C face of the runtime. No exception leaves it; a failure is a status, with code and text per thread.
#include <cstdlib>
#include <cstring>
#include <new>

#include "runtime/authzen/holder.h"
#include "runtime/authzen/prepared.h"
#include "runtime/include/writ/runtime.h"

using writ::authzen::Holder;
using writ::authzen::Prepared;

struct writ_runtime {
  Holder holder;
};
struct writ_prepared {
  std::unique_ptr<Prepared> request;
};

namespace {

static_assert(WRIT_NO_CLOCK == writ::core::kNoInstant && WRIT_FOREVER == writ::core::kForever);
static_assert(WRIT_PERMIT == static_cast<int>(writ::core::Outcome::Permit) && WRIT_DENY == static_cast<int>(writ::core::Outcome::Deny));

/// Of fixed size: telling that there is no memory needs none.
struct LastError {
  char code[64] = "";
  char text[512] = "";
};
thread_local LastError last_error;

void copy(char* into, std::size_t size, std::string_view text) {
  const std::size_t n = std::min(text.size(), size - 1);
  std::memcpy(into, text.data(), n);
  into[n] = '\0';
}

writ_status fail(writ_status status, std::string_view code, std::string_view text) {
  copy(last_error.code, sizeof last_error.code, code);
  copy(last_error.text, sizeof last_error.text, text);
  return status;
}
writ_status misuse(std::string_view text) { return fail(WRIT_MISUSE, "misuse", text); }
writ_status no_bundle() { return fail(WRIT_NO_BUNDLE, "no_bundle", "no bundle is loaded"); }

bool is_of_the_window(std::string_view code) { return code == "not_yet_valid" || code == "expired"; }

writ_status refused(const writ::authzen::Error& e) {
  const writ_status status = is_of_the_window(e.code) ? WRIT_OUTSIDE_WINDOW : WRIT_REQUEST_REFUSED;
  return fail(status, e.code, e.at.empty() ? e.what : e.at + ": " + e.what);
}
writ_status refused(const writ::authzen::LoadError& e) {
  if (is_of_the_window(e.code)) return fail(WRIT_OUTSIDE_WINDOW, e.code, e.what);
  return fail(WRIT_BUNDLE_REFUSED, e.code, e.what + " (section " + std::to_string(e.section) + ", record " + std::to_string(e.record) + ")");
}

/// Runs what may throw; `failed` makes the answer of a failure from its status.
template <class Work, class Failed>
auto guarded(Work work, Failed failed) noexcept -> decltype(work()) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return failed(fail(WRIT_NO_MEMORY, "no_memory", "not enough memory"));
  } catch (const std::exception& e) {
    return failed(fail(WRIT_INTERNAL, "internal", e.what()));
  } catch (...) {
    return failed(fail(WRIT_INTERNAL, "internal", "an unknown failure"));
  }
}

const auto as_status = [](writ_status status) { return status; };

writ_text text_of(std::string_view text) {
  auto* data = static_cast<char*>(std::malloc(text.size() + 1));
  if (data == nullptr) throw std::bad_alloc();
  copy(data, text.size() + 1, text);
  return {data, text.size()};
}

writ_answer no_answer(writ_status status) { return {status, WRIT_DENY, {nullptr, 0}}; }
writ_verdict no_verdict(writ_status status) { return {status, WRIT_DENY, 0}; }

writ_answer decide(const writ::authzen::Policy& policy, std::string_view request) {
  const auto answer = policy.decide_text(request);
  if (!answer) return no_answer(refused(answer.error()));
  return {WRIT_OK, static_cast<writ_outcome>(answer->decision.outcome), text_of(to_json(*answer))};
}

writ_status set(writ_prepared* prepared, Prepared::Fits (*put)(Prepared&, writ_slot, std::int64_t, std::string_view), writ_slot slot, std::int64_t number = 0,
                std::string_view text = {}) {
  if (prepared == nullptr) return misuse("no prepared request");
  return guarded([&] { return put(*prepared->request, slot, number, text) == Prepared::Fits::Yes ? WRIT_OK : misuse("no such slot, or a value that does not fit it"); }, as_status);
}

}  // namespace

extern "C" {

const char* writ_version(void) { return WRIT_VERSION; }
const char* writ_error_code(void) { return last_error.code; }
const char* writ_error_text(void) { return last_error.text; }

writ_runtime* writ_runtime_new(void) {
  auto* runtime = new (std::nothrow) writ_runtime;
  if (runtime == nullptr) fail(WRIT_NO_MEMORY, "no_memory", "not enough memory");
  return runtime;
}
void writ_runtime_free(writ_runtime* runtime) { delete runtime; }

writ_status writ_load_unsigned(writ_runtime* runtime, const void* bytes, size_t size, int64_t now) {
  if (runtime == nullptr || (bytes == nullptr && size > 0)) return misuse("no runtime, or no bytes");
  return guarded(
      [&] {
        const auto loaded = runtime->holder.load_unsigned({static_cast<const char*>(bytes), size}, now);
        return loaded ? WRIT_OK : refused(loaded.error());
      },
      as_status);
}

void writ_text_free(writ_text text) { std::free(text.data); }

writ_text writ_bundle_digest(const writ_runtime* runtime) {
  const auto policy = runtime == nullptr ? nullptr : runtime->holder.current();
  if (!policy) return no_bundle(), writ_text{nullptr, 0};
  return guarded([&] { return text_of(policy->digest()); }, [](writ_status) { return writ_text{nullptr, 0}; });
}

writ_answer writ_decide_json(const writ_runtime* runtime, const char* request, size_t size, int64_t now) {
  if (runtime == nullptr || (request == nullptr && size > 0)) return no_answer(misuse("no runtime, or no request"));
  const auto policy = runtime->holder.current();
  if (!policy) return no_answer(no_bundle());
  return guarded(
      [&] {
        const auto outside = writ::authzen::outside_window(*policy, now);
        return outside ? no_answer(refused(*outside)) : decide(*policy, {request, size});
      },
      no_answer);
}

writ_prepared* writ_prepare_json(const writ_runtime* runtime, const char* request, size_t size) {
  const auto nothing = [](writ_status) -> writ_prepared* { return nullptr; };
  if (runtime == nullptr || (request == nullptr && size > 0)) return nothing(misuse("no runtime, or no request"));
  auto policy = runtime->holder.current();
  if (!policy) return nothing(no_bundle());
  return guarded(
      [&]() -> writ_prepared* {
        auto made = Prepared::make(std::move(policy), {request, size});
        if (!made) return nothing(refused(made.error()));
        return new writ_prepared{std::move(*made)};
      },
      nothing);
}
void writ_prepared_free(writ_prepared* prepared) { delete prepared; }

int writ_prepared_current(const writ_prepared* prepared, const writ_runtime* runtime) {
  return prepared != nullptr && runtime != nullptr && runtime->holder.current().get() == &prepared->request->policy() ? 1 : 0;
}

writ_slot writ_prepared_slot(const writ_prepared* prepared, const char* name) {
  if (prepared == nullptr || name == nullptr) return misuse("no prepared request, or no name"), WRIT_NO_SLOT;
  const writ_slot slot = prepared->request->slot(name);
  if (slot == WRIT_NO_SLOT) misuse("no such fact, or a set");
  return slot;
}

writ_status writ_set_number(writ_prepared* prepared, writ_slot slot, int64_t number) {
  return set(prepared, [](Prepared& p, writ_slot s, std::int64_t n, std::string_view) { return p.set_number(s, n); }, slot, number);
}
writ_status writ_set_text(writ_prepared* prepared, writ_slot slot, const char* text, size_t size) {
  if (text == nullptr && size > 0) return misuse("no text");
  return set(prepared, [](Prepared& p, writ_slot s, std::int64_t, std::string_view t) { return p.set_text(s, t); }, slot, 0, {text, size});
}
writ_status writ_set_absent(writ_prepared* prepared, writ_slot slot) {
  return set(prepared, [](Prepared& p, writ_slot s, std::int64_t, std::string_view) { return p.set_absent(s); }, slot);
}
writ_status writ_set_unknown(writ_prepared* prepared, writ_slot slot) {
  return set(prepared, [](Prepared& p, writ_slot s, std::int64_t, std::string_view) { return p.set_unknown(s); }, slot);
}
writ_status writ_set_time(writ_prepared* prepared, int64_t time) {
  return set(prepared, [](Prepared& p, writ_slot, std::int64_t n, std::string_view) { return p.set_time(n); }, 0, time);
}

writ_verdict writ_decide_prepared(writ_prepared* prepared) {
  if (prepared == nullptr) return no_verdict(misuse("no prepared request"));
  return guarded(
      [&] {
        const writ::core::Evaluated e = prepared->request->decide();
        if (e.status != writ::core::Status::ok) return no_verdict(refused(writ::authzen::no_decision(e.status).value()));
        return writ_verdict{WRIT_OK, static_cast<writ_outcome>(e.decision.outcome), e.decision.valid_until};
      },
      no_verdict);
}

}  // extern "C"
