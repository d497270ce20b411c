/* replay: feeds every file of a corpus folder to a fuzz target, so that past findings stay tested without libFuzzer.
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return 1;
  uint8_t *data = malloc(1 << 22);
  size_t size = data ? fread(data, 1, 1 << 22, file) : 0;
  fclose(file);
  /* An exact-size copy lets the address sanitizer see a read one byte past the end. */
  uint8_t *exact = malloc(size ? size : 1);
  for (size_t i = 0; exact && i < size; i++) exact[i] = data[i];
  free(data);
  if (exact) LLVMFuzzerTestOneInput(exact, size);
  free(exact);
  return exact ? 0 : 1;
}

int main(int argc, char **argv) {
  int replayed = 0;
  if (argc < 2) return 2;
  DIR *folder = opendir(argv[1]);
  if (!folder) {
    fprintf(stderr, "replay: no corpus folder %s\n", argv[1]);
    return 1;
  }
  for (struct dirent *entry; (entry = readdir(folder));) {
    char path[4096];
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
    if (replay_file(path)) return 1;
    replayed++;
  }
  closedir(folder);
  printf("replayed %d inputs\n", replayed);
  return replayed ? 0 : 1;
}
