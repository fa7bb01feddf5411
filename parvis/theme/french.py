"""The typography of French as it is written in Canada, as far as a program can see it.

Sources: Office québécois de la langue française, "Espacement avant et après les signes de ponctuation"; Translation
Bureau, "Le guide du rédacteur", chapter 6. A non-breaking space stands before : ; ! ? » and %, and after «.
"""

import re

RULES = (  # what is wrong, how to see it
    ("a plain space before : ; ! ? » or %", re.compile(r" (?:[:;!?»](?!\w)|%(?!\()(?=\W|$))")),
    ("no space before ; ! ? or »", re.compile(r"[\w)…][;!?](?=\s|$)|[\w).,…!?]»")),
    ("no space before a colon", re.compile(r"[\w)»]:(?=\s|$)")),
    ("no space before %", re.compile(r"(?:\d|\)s)%(?=\W|$)")),
    ("no non-breaking space after «", re.compile(r"«(?!\u00a0|\u202f)")),
    ("a straight apostrophe", re.compile(r"(?<=\w)'(?=\w)")),
    ("straight quotation marks", re.compile(r'"')),
    ("three dots instead of …", re.compile(r"\.\.\.")),
)
_SPACE_BEFORE = re.compile(r" (?=[:;!?»%$])")
_SPACE_AFTER = re.compile(r"« ")
NOT_PROSE = re.compile(
    r"<(code|kbd|script|style)\b.*?</\1>|<[^>]*>|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|&\w+;", re.DOTALL
)


def typography_faults(text: str) -> list[str]:
    """Return what is wrong in a French text, with the place. Markup, template tags and code are left out."""
    prose = NOT_PROSE.sub("\u2060", text)  # a joiner: what stood there still separates, and is no space
    return [
        f"{what}: …{prose[max(0, found.start() - 20) : found.end() + 12]}…".replace("\n", " ")
        for what, rule in RULES
        for found in rule.finditer(prose)
    ]


def bound(text: str) -> str:
    """Return a French text in which no line begins with a punctuation mark: plain spaces before it are held fast."""
    return _SPACE_AFTER.sub("«\u00a0", _SPACE_BEFORE.sub("\u00a0", text))
