#include "compiler/driver/run.h"

int main(int argc, char** argv) { return writ::driver::run({argv + 1, argv + argc}); }
