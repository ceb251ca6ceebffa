/* Writ's runtime for every language that calls C: load a bundle, decide requests, swap the bundle while decisions are in flight.
 *
 * Errors: a call answers a status; writ_error_code() and writ_error_text() tell more about the last failure of the calling thread. An error is never a
 * decision: whoever gets one denies. Decisions are JSON in the shape of the AuthZEN Authorization API.
 *
 * Threads: a writ_runtime may be used from any number of threads at once. A writ_prepared belongs to one thread at a time. No call starts a thread,
 * reads a clock or touches a file; `now` is the caller's clock in milliseconds since 1970 UTC.
 *
 * Signatures: this version verifies none. writ_load_unsigned says so in its name; call it with bytes that somebody else has verified. */
#ifndef WRIT_RUNTIME_H
#define WRIT_RUNTIME_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum writ_status {
  WRIT_OK = 0,
  WRIT_BUNDLE_REFUSED = 1,   /* the bytes are no bundle that may be decided with; the code says why */
  WRIT_OUTSIDE_WINDOW = 2,   /* the code says which: not_yet_valid, expired */
  WRIT_NO_BUNDLE = 3,        /* nothing is loaded */
  WRIT_REQUEST_REFUSED = 4,  /* no decision: the code says why */
  WRIT_MISUSE = 5,           /* a null pointer, an unknown slot, a value that does not fit */
  WRIT_NO_MEMORY = 6,
  WRIT_INTERNAL = 7
} writ_status;

typedef enum writ_outcome { WRIT_DENY = 0, WRIT_INDETERMINATE = 1, WRIT_PENDING = 2, WRIT_PERMIT = 3 } writ_outcome;

/* `now` of a caller without a clock: the bundle's window is then held against the time in the request alone. */
#define WRIT_NO_CLOCK INT64_MIN
/* An answer that time alone never changes. */
#define WRIT_FOREVER INT64_MAX

/* "0.1.0" */
const char* writ_version(void);

/* Of the last call of this thread that failed: "section_gap", "bad_path" …, and a sentence. Valid until the thread's next call. */
const char* writ_error_code(void);
const char* writ_error_text(void);

/* ---- A holder of one bundle at a time ---- */

typedef struct writ_runtime writ_runtime;

writ_runtime* writ_runtime_new(void);   /* NULL: no memory */
void writ_runtime_free(writ_runtime* runtime);

/* Judges the bytes and, if they are sound and `now` lies in their window, decides with them from now on. The bytes are copied. Decisions in flight
 * finish on the bundle they began with; after a failure the runtime decides as before. No signature is verified. */
writ_status writ_load_unsigned(writ_runtime* runtime, const void* bytes, size_t size, int64_t now);

/* A text of the library's; free it with writ_text_free. `data` ends with a zero byte that `size` does not count. */
typedef struct writ_text {
  char* data;
  size_t size;
} writ_text;
void writ_text_free(writ_text text);

/* "sha256:…" of the bundle; data is NULL if none is loaded. */
writ_text writ_bundle_digest(const writ_runtime* runtime);

typedef struct writ_answer {
  writ_status status;
  writ_outcome outcome;      /* WRIT_DENY unless status is WRIT_OK */
  writ_text decision;        /* JSON; data is NULL unless status is WRIT_OK */
} writ_answer;

/* Decides one JSON request. */
writ_answer writ_decide_json(const writ_runtime* runtime, const char* request, size_t size, int64_t now);

/* ---- Prepared: the names of a request resolved once, its values changed in place ---- */

typedef struct writ_prepared writ_prepared;
typedef int32_t writ_slot;
#define WRIT_NO_SLOT (-1)

/* Binds a JSON request to the present bundle; NULL on failure. The prepared request stays with that bundle. */
writ_prepared* writ_prepare_json(const writ_runtime* runtime, const char* request, size_t size);
void writ_prepared_free(writ_prepared* prepared);
/* 1 while the runtime still decides with the bundle that the request was prepared for. */
int writ_prepared_current(const writ_prepared* prepared, const writ_runtime* runtime);

/* The place of "principal.x", "resource.x", "context.x" or "input.x"; WRIT_NO_SLOT if the vocabulary has no such fact, or it is a set. */
writ_slot writ_prepared_slot(const writ_prepared* prepared, const char* name);

/* Values of a slot. A number is a truth value, an integer, a decimal or an amount times 10,000 (in the currency of the declaration, or of the prepared
 * request), or milliseconds. A text is a string, the id of an entity or the name of an enum's value. Approvals that came with the prepared
 * request were given for its values: after the first change they count no more. */
writ_status writ_set_number(writ_prepared* prepared, writ_slot slot, int64_t number);
writ_status writ_set_text(writ_prepared* prepared, writ_slot slot, const char* text, size_t size);
writ_status writ_set_absent(writ_prepared* prepared, writ_slot slot);
writ_status writ_set_unknown(writ_prepared* prepared, writ_slot slot);
/* context.time */
writ_status writ_set_time(writ_prepared* prepared, int64_t time);

typedef struct writ_verdict {
  writ_status status;
  writ_outcome outcome;      /* WRIT_DENY unless status is WRIT_OK */
  int64_t valid_until;       /* WRIT_FOREVER; or an instant; 0: may not be reused */
} writ_verdict;

/* Decides without allocating. */
writ_verdict writ_decide_prepared(writ_prepared* prepared);

#ifdef __cplusplus
}
#endif

#endif
