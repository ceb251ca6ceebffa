"""How the tests in this folder run: `// RUN:` lines in .writ files, `# RUN:` or `RUN:` lines in .test files.

%writ      the command under test
%root      the repository
%golden    compares standard input with the file named after it; tools/update_goldens rewrites such files
%S %s %t   as always in lit: the test's folder, the test, a scratch name
"""

import os

import lit.formats

config.name = "writ"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".writ", ".test"]
config.excludes = ["Inputs", "inputs"]
config.test_source_root = os.path.dirname(__file__)

config.substitutions.append(("%writ", os.path.join(config.writ_tools, "writ")))
config.substitutions.append(("%root", config.writ_source))

config.environment["PATH"] = os.pathsep.join([config.llvm_tools, config.writ_tools, config.environment["PATH"]])
config.substitutions.append(("%golden", os.path.join(config.writ_source, "tools", "golden")))

config.environment["NO_COLOR"] = "1"
if os.environ.get("WRIT_UPDATE_GOLDENS"):
    config.environment["WRIT_UPDATE_GOLDENS"] = "1"
