/* The C interface: any command of the program, in this process, with data in memory.
 *
 *   const double params[] = {...}, tokens[] = {...}, loss[] = {...};
 *   const isoloss_column columns[] = {{"params", params, NULL}, {"tokens", tokens, NULL},
 *                                     {"loss", loss, NULL}};
 *   const isoloss_input runs = {"memory:runs", NULL, 0, columns, 3, num_rows};
 *   const char* argv[] = {"isoloss", "fit", "memory:runs", "--json", "-"};
 *   isoloss_result* result = NULL;
 *   if (isoloss_run(5, argv, &runs, 1, &result) == 0) puts(isoloss_output(result, NULL));
 *   isoloss_free(result);
 *
 * Strings are UTF-8. Functions may be called from several threads at once; no C++ exception leaves
 * them, and none ends the process. Link with libisoloss.so. */

#ifndef ISOLOSS_CAPI_H
#define ISOLOSS_CAPI_H

#include <stddef.h>

#define ISOLOSS_ABI_VERSION 2
#define ISOLOSS_API __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

/* A column of num_rows values: numbers, where NaN is missing, or texts, where NULL is. */
typedef struct isoloss_column {
  const char* name;
  const double* numbers; /* NULL for a column of texts */
  const char* const* texts;
} isoloss_column;

/* What the command line may name as a file: bytes, or where bytes is NULL a table of columns whose
 * row i counts as line i + 2 in messages. */
typedef struct isoloss_input {
  const char* name; /* "memory:runs", say */
  const void* bytes;
  size_t num_bytes;
  const isoloss_column* columns;
  size_t num_columns, num_rows;
} isoloss_input;

typedef struct isoloss_result isoloss_result;

/* What ends calls. */
typedef struct isoloss_stopper isoloss_stopper;

/* Parts of the work done and parts in all, fits say, from the thread that runs. */
typedef void (*isoloss_progress)(int done, int all, void* context);

/* Runs a command line, argv[0] being the name of the program.
 *
 *   inputs   copied; the arrays are free again when it returns
 *   out      what it gave; *out is the caller's, who calls isoloss_free; NULL if memory ran out
 *   returns  the program's exit code: 0 done, 1 unsound, 2 bad input, 3 no device, 4 output cannot
 *            be written, 70 an error of the library, 130 stopped */
ISOLOSS_API int isoloss_run(int argc, const char* const* argv, const isoloss_input* inputs,
                            size_t num_inputs, isoloss_result** out);

/* The same with progress and with what may end the call; each may be NULL. */
ISOLOSS_API int isoloss_run_watched(int argc, const char* const* argv, const isoloss_input* inputs,
                                    size_t num_inputs, isoloss_progress progress, void* context,
                                    const isoloss_stopper* stopper, isoloss_result** out);

/* Bytes of a result, valid until isoloss_free, with a 0 behind them; *num_bytes may be NULL.
 * isoloss_file is what was written to a path memory:NAME, NULL if nothing was. */
ISOLOSS_API const char* isoloss_output(const isoloss_result* result, size_t* num_bytes);
ISOLOSS_API const char* isoloss_error(const isoloss_result* result, size_t* num_bytes);
ISOLOSS_API const char* isoloss_file(const isoloss_result* result, const char* path,
                                     size_t* num_bytes);
ISOLOSS_API void isoloss_free(isoloss_result* result);

/* The program itself: the process's own standard streams and files, and signals that end it. Called
 * once, by its main(). */
ISOLOSS_API int isoloss_main(int argc, const char* const* argv);

/* A stopper ends the calls that it was given to, now and later, with code 130, and no other. It is
 * asked from any thread or a signal handler, as often as one likes; freed after those calls. NULL
 * if memory ran out. */
ISOLOSS_API isoloss_stopper* isoloss_new_stopper(void);
ISOLOSS_API void isoloss_stop(isoloss_stopper* stopper);
ISOLOSS_API void isoloss_free_stopper(isoloss_stopper* stopper);

/* The folder that holds datasets/ and published/; else it is sought beside the process's program.
 */
ISOLOSS_API void isoloss_set_data_folder(const char* path);

ISOLOSS_API int isoloss_abi_version(void);
ISOLOSS_API const char* isoloss_version(void);

#ifdef __cplusplus
}
#endif

#endif
