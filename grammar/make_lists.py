#!/usr/bin/env python3
"""Makes the generated halves of the grammar and the lists that C++ reads.

  make_lists.py words KEYWORDS OUT      WritLexer.g4 (a token per keyword) and WritWords.g4 (which of them are names)
  make_lists.py lists KEYWORDS PARSER.g4 OUT   rules.def, tokens.def, keywords.def, from what ANTLR made of the grammar

keywords.txt: one keyword a line, `name` when it may also be a name, `reserved` when it may not.
"""

import re
import sys
from pathlib import Path


def read_keywords(path):
    keywords = []
    for number, line in enumerate(Path(path).read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        match = re.fullmatch(r"([a-z]+)\s+(name|reserved)", line)
        if not match:
            sys.exit(f"{path}:{number}: expected `keyword name` or `keyword reserved`")
        keywords.append((match[1], match[2]))
    spelled = [keyword for keyword, _ in keywords]
    if spelled != sorted(set(spelled)):
        sys.exit(f"{path}: keywords stand once each, in the order of the alphabet")
    return keywords


def write(path, text):
    """Only when it differs, so that nothing downstream is rebuilt for nothing."""
    path = Path(path)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def make_words(keywords, out):
    tokens = "".join(f"KW_{word.upper()} : '{word}' ;\n" for word, _ in keywords)
    write(f"{out}/WritLexer.g4", "// Generated from keywords.txt.\nlexer grammar WritLexer;\nimport WritTokens;\n\n" + tokens)
    names = [f"'{word}'" for word, use in keywords if use == "name"]
    reserved = [f"'{word}'" for word, use in keywords if use == "reserved"]
    write(
        f"{out}/WritWords.g4",
        "// Generated from keywords.txt.\nparser grammar WritWords;\n\n"
        + "// A name: what an author may call something.\nword : NAME | " + " | ".join(names) + " ;\n\n"
        + "// Where only a name can stand (after a dot, before the colon of a field) every keyword is one.\nany_word : word | "
        + " | ".join(reserved) + " ;\n",
    )


def section(interp, title):
    """One list of ANTLR's .interp file."""
    after = interp.split(title + ":\n", 1)[1]
    return after.split("\n\n", 1)[0].splitlines()


def camel(name):
    return "".join(part.capitalize() for part in name.split("_"))


def check_quotes(keywords, parser):
    """Every quoted word of the grammar is listed, and every listed word is used."""
    text = re.sub(r"//[^\n]*", "", Path(parser).read_text())
    quoted = set(re.findall(r"'([a-z]+)'", text))
    listed = {word for word, _ in keywords}
    if quoted - listed:
        sys.exit(f"{parser}: not in keywords.txt: {', '.join(sorted(quoted - listed))}")
    if listed - quoted:
        sys.exit(f"keywords.txt: not in the grammar: {', '.join(sorted(listed - quoted))}")


def make_lists(keywords, parser, out):
    check_quotes(keywords, parser)
    interp = Path(f"{out}/WritParser.interp").read_text()
    rules = section(interp, "rule names")
    write(f"{out}/rules.def", "".join(f"WRIT_CST_RULE({camel(rule)}, {rule}, Rule{rule[0].upper()}{rule[1:]})\n" for rule in rules))
    literals = section(interp, "token literal names")
    symbols = section(interp, "token symbolic names")
    lines = []
    for literal, symbol in zip(literals, symbols):
        if symbol != "null":
            spelled = literal[1:-1] if literal != "null" else ""
            lines.append(f'WRIT_CST_TOKEN({camel(symbol)}, {symbol}, "{spelled}")\n')
    write(f"{out}/tokens.def", "".join(lines))
    write(f"{out}/keywords.def", "".join(f'WRIT_KEYWORD({camel("KW_" + word)}, "{word}", {use.capitalize()})\n' for word, use in keywords))


def main():
    keywords = read_keywords(sys.argv[2])
    if sys.argv[1] == "words":
        make_words(keywords, sys.argv[3])
    else:
        make_lists(keywords, sys.argv[3], sys.argv[4])


main()
