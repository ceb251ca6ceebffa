/* An enforcement point in C: loads a bundle, decides one request, prints the decision; a bad bundle in between changes nothing. */
#include <stdio.h>
#include <stdlib.h>

#include <writ/runtime.h>

static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* bytes = NULL;
  size_t room = 0;
  if (file == NULL) return NULL;
  *size = 0;
  for (;;) {
    if (*size == room) bytes = realloc(bytes, room = room == 0 ? 4096 : 2 * room);
    if (bytes == NULL) break;
    const size_t got = fread(bytes + *size, 1, room - *size, file);
    if (got == 0) break;
    *size += got;
  }
  fclose(file);
  return bytes;
}

static int failed(const char* what) {
  fprintf(stderr, "%s: %s: %s\n", what, writ_error_code(), writ_error_text());
  return 1;
}

int main(int argc, char** argv) {
  size_t bundle_size = 0, request_size = 0;
  if (argc != 3) return 2;
  char* bundle = read_file(argv[1], &bundle_size);
  char* request = read_file(argv[2], &request_size);
  writ_runtime* runtime = writ_runtime_new();
  if (bundle == NULL || request == NULL || runtime == NULL) return 2;

  if (writ_load_unsigned(runtime, bundle, bundle_size, WRIT_NO_CLOCK) != WRIT_OK) return failed(argv[1]);
  if (writ_load_unsigned(runtime, bundle, bundle_size / 2, WRIT_NO_CLOCK) != WRIT_BUNDLE_REFUSED) return failed("half a bundle was taken");
  const writ_answer answer = writ_decide_json(runtime, request, request_size, WRIT_NO_CLOCK);
  if (answer.status != WRIT_OK) return failed(argv[2]);
  printf("%s\n", answer.decision.data);
  writ_text_free(answer.decision);
  writ_runtime_free(runtime);
  free(bundle);
  free(request);
  return 0;
}
