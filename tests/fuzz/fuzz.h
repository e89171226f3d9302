/* fuzz.h: what a fuzz target is, for libFuzzer and for the mutations of the test suite. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Reads any bytes, asserts what always holds, and returns 0. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* Inputs to begin with, NULL at the end; and how many mutations of them the test suite tries. */
extern const char *const fuzz_seeds[];
extern const guint       fuzz_rounds;

/* How often an input was read and how often it was refused. A target counts both, because one that
 * refuses everything tests nothing. */
extern guint fuzz_n_read;
extern guint fuzz_n_refused;

void fuzz_check_error (const GError *error);
