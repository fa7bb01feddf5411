"""Dates of birth: a date, in any of the forms that people write here, where a word says that someone was born."""

import re
from collections.abc import Iterator

from parvis.redaction.findings import Finding, Kind
from parvis.redaction.words import is_named, named

WORD = re.compile(
    r"\bborn\b|\bdate of birth\b|\bbirth ?(?:date|day)\b|\bD\.?O\.?B\b\.?|\bné(?:e|\(e\)|·e|\.e)?(?= (?:le|en|"
    r"à|au)\b|s? le)|"
    r"\bdate de naissance\b|\bnaissance\b|\bD\.?D\.?N\b\.?|\banniversaire\b",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s?[(,]?\s?(?:date of birth|DOB|D\.O\.B|date de naissance|DDN|birth ?date)", re.IGNORECASE
)
_MONTH = (
    r"(?:jan(?:uary|vier)?|feb(?:ruary)?|f[ée]v(?:rier)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin|"
    r"july?|juil(?:let)?|"
    r"aug(?:ust)?|ao[uû]t|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|d[ée]c(?:ember|embre)?)\.?"
)
_YEAR = r"(?:(?:18|19|20)[0-9]{2}|[’']?[0-9]{2})"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th|er|re)?"
_NUMBER = r"(?:[12][0-9]|3[01]|0?[1-9])"
DATE = re.compile(
    rf"(?<![\w./-])(?:(?:18|19|20)[0-9]{{2}}[-/. ](?:0?[1-9]|1[0-2])[-/. ]{_NUMBER}|"
    rf"{_NUMBER}[-/. ]{_NUMBER}[-/. ](?:(?:18|19|20)[0-9]{{2}}|[0-9]{{2}})|"
    rf"(?:the )?{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}|"
    rf"{_MONTH}[ -]{_DAY},?[ -]{_YEAR}|"
    rf"(?:18|19|20)[0-9]{{2}}[ -]{_MONTH}[ -]{_DAY}|"
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![\w/]|[.-][0-9])",
    re.IGNORECASE,
)
NOT_OF_A_PERSON = re.compile(
    r"\b(?:regist\w+|certificates?|certificats?|rate|rates|taux|defects?|statistics|statistiques|weight|"
    r"program\w*|abroad|l[’']étranger|"
    r"of (?:the )?(?:company|organi[sz]ation|country|nation)|du (?:pays|programme)|de la compagnie|"
    r"de l[’']organisme)\b[^.;\n]{0,30}$|"
    r"\banniversaire d(?:e|u|es)\b",
    re.IGNORECASE,
)


def births(text: str) -> Iterator[Finding]:
    """Find the first date after such a word in the same sentence, or one with such a word right behind it."""
    for match in named(WORD, DATE, text):
        if not is_named(NOT_OF_A_PERSON, text, match.start()):
            yield Finding(Kind.BIRTH, match.start(), match.end(), 0.9)
    for match in DATE.finditer(text):
        if AFTER.match(text, match.end()):
            yield Finding(Kind.BIRTH, match.start(), match.end(), 0.9)
