"""What must be true of something that was told, as lines of text: for the demonstration and for the stories of the tests.

A line names a part of what was told, says whether its words stand there, and gives the words; `#` begins a remark:
    2 + words              part 2 tells these words
    2 - words              it does not
    2 1x words             it tells them once
    Nerys Tallow + words   parts may have names
"""
import re


def read(file, say=lambda words: words):
    """(number of the line, part, sign, words) of each; `say` may put something in the place of what stands in braces."""
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = re.fullmatch(r"(.+?) ([+-]|\d+x) (.+)", line)
        if where is None:
            raise ValueError(f"{file.name}:{number}: expected a part, +, - or how often, and words")
        part, sign, words = where.groups()
        yield number, part, sign, say(words)


def untrue(file, parts, say=lambda words: words):
    """A line for each of them that does not hold of these parts: {name of the part: its text}."""
    for number, part, sign, words in read(file, say):
        if part not in parts:
            yield f"{file.name}:{number}: there is no part {part}; known: {', '.join(parts)}"
            continue
        found = parts[part].count(words)
        holds = found > 0 if sign == "+" else found == (0 if sign == "-" else int(sign[:-1]))
        if not holds:
            yield f"{file.name}:{number}: {part} tells this {found} times: {words}"
