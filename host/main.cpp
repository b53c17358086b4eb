// The program.

#include "host/capi.h"

int main(int argc, char** argv) { return isoloss_main(argc, argv); }
