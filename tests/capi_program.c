/* The example of host/capi.h as a C program: exit code 0 if the fit is done. */

#include <math.h>
#include <stdio.h>

#include "host/capi.h"

enum { kNumRows = 30 };

int main(void) {
  double params[kNumRows], tokens[kNumRows], loss[kNumRows];
  for (int i = 0; i < kNumRows; ++i) {
    params[i] = 1e7 * pow(2, i % 6);
    tokens[i] = 1e9 * pow(3, i / 6);
    loss[i] = 1.7 + 400 / pow(params[i], 0.34) + 410 / pow(tokens[i], 0.28);
  }
  const isoloss_column columns[] = {
      {"params", params, NULL}, {"tokens", tokens, NULL}, {"loss", loss, NULL}};
  const isoloss_input runs = {"memory:runs", NULL, 0, columns, 3, kNumRows};
  const char* argv[] = {"isoloss", "fit", "memory:runs", "--bootstrap", "0", "--json", "-"};
  isoloss_result* result = NULL;
  const int code = isoloss_run(7, argv, &runs, 1, &result);
  if (result == NULL) return code;
  fputs(isoloss_error(result, NULL), stderr);
  puts(isoloss_output(result, NULL));
  isoloss_free(result);
  return code;
}
