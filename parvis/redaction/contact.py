"""How a person is reached: e-mail, telephone, street address, postal code, IP address.

Telephone numbers are checked against the numbering plans of Google's libphonenumber (the package phonenumbers). Postal
codes follow Canada Post: no D, F, I, O, Q, U, and neither W nor Z first; K1A is the Government of Canada itself.
"""

import ipaddress
import re
from collections.abc import Iterator

import phonenumbers

from parvis.redaction.findings import Finding, Kind
from parvis.redaction.words import is_named, named

S = "[ \u00a0\u202f]"
LOCAL, DOMAIN = 64, 255  # longest parts of an address (RFC 5321, 4.5.3.1)
_LOCAL_PART = re.compile(r"[\w.+%'’-]{1,64}$")
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,62}\.)){1,8}[^\W\d_]{2,24}")
OFFICES = re.compile(
    r"(?:info|contact|atip|aiprp|media|medias|privacy|vieprivee|webmaster|support|help|aide|enquiries|"
    r"questions|service)(?:$|[.+_-].*)",
    re.IGNORECASE,
)
# A public servant's address at work is not personal information (Privacy Act, section 3, paragraph (j)).
GOVERNMENTS = re.compile(
    r"(?:.*\.)?(?:gc\.ca|canada\.ca|gov\.[a-z]{2}\.ca|gov\.[a-z]{2}|gouv\.qc\.ca|ontario\.ca|gnb\.ca|"
    r"novascotia\.ca|parl\.gc\.ca)",
    re.IGNORECASE,
)
PHONE_WORD = re.compile(
    r"\b(?:tel(?:ephone)?|t[ée]l(?:[ée]phone)?|phone|cell(?:ulaire|phone)?|mobile|portable|fax|"
    r"t[ée]l[ée]copieur|call|text|appel(?:er|ez|le)|"
    r"joindre|rejoindre|reach|texto)\b",
    re.IGNORECASE,
)
SHORT_WORD = re.compile(
    r"\b(?:tel(?:ephone)?|t[ée]l(?:[ée]phone)?|phone|cell(?:ulaire|phone)?|fax|t[ée]l[ée]copieur)\b",
    re.IGNORECASE,
)
PHONE = re.compile(
    rf"(?<![\w.,/-])(?:\+?1{S}?[.-]?{S}?)?(?:\([2-9][0-9]{{2}}\){S}?|"
    rf"[2-9][0-9]{{2}}[ \u00a0\u202f.-])[2-9][0-9]{{2}}[ \u00a0\u202f.-][0-9]{{4}}"
    r"(?![\w]|[.,-][0-9])"
)
TEN_DIGITS = re.compile(r"(?<![\w.,/-])(?:\+?1)?[2-9][0-9]{2}[2-9][0-9]{6}(?![\w]|[.,-][0-9])")
SEVEN_DIGITS = re.compile(r"(?<![\w.,/$-])[2-9][0-9]{2}[ .-][0-9]{4}(?![\w]|[.,-][0-9])")
ABROAD = re.compile(r"(?<![\w+])\+[2-9][0-9]{0,2}(?:[ \u00a0.()-]{0,2}[0-9]{1,4}){2,6}(?![\w])")
FREE = frozenset(
    {"800", "833", "844", "855", "866", "877", "888", "900"}
)  # of an organization, never of a person

_WORD = r"(?:[A-ZÀ-Þ][\w.’'-]{0,30}|[0-9]{1,3}(?:st|nd|rd|th|e)?)"
_UNIT = r"(?:(?:apt|app|apartment|appartement|unit|unité|suite|bureau|#)\.? ?#?[\w-]{1,8},? )?"
STREET_EN = re.compile(
    rf"(?<![\w$.,/-])(?:[0-9]{{1,5}}-)?[0-9]{{1,5}}[A-Za-z]? (?:{_WORD} ){{1,4}}?"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Crt|Crescent|Cres|Way|Circle|Terrace|"
    r"Trail|Parkway|Pkwy|Close|Highway|Hwy|Row|Line|Sideroad|Concession)\b(?! [a-z]{2,}ing\b)\.?(?: (?:North|"
    r"South|East|West|[NSEW][EW]?)\b)?"
)
STREET_FR = re.compile(
    rf"(?<![\w$.,/-])[0-9]{{1,5}}[A-Za-z]?,? ?(?:rue|avenue|av\.|boulevard|boul\.|chemin|ch\.|rang|côte|montée|"
    rf"allée|impasse|croissant|"
    rf"terrasse|promenade|ruelle|route)(?: (?:de|du|des|la|le|les|à|l[’'][\w’'-]{{1,30}}|d[’'][\w’'-]{{1,30}}|"
    rf"{_WORD})){{1,5}}",
    re.IGNORECASE,
)
BOX = re.compile(r"\b(?:P\.?O\.? ?Box|C\.?P\.?|case postale|R\.?R\.?) ?#?[0-9]{1,6}\b", re.IGNORECASE)
HOME_WORD = re.compile(
    r"\b(?:(?:my|home|mailing|civic|his|her|their|personal) address|i live|lives? (?:at|on)|living at|reside|"
    r"residing|resident of|residence|"
    r"mon adresse|adresse (?:postale|civique|personnelle|est)|son adresse|habit(?:e|ons|ant|ais)|demeur(?:e|"
    r"ant|ons)|domicili|résid(?:e|ant|ence))",
    re.IGNORECASE,
)
NOT_A_HOME = re.compile(
    r"\b(?:building|immeuble|édifice|contract|contrat|construction|property|propriété|lease|bail|project|"
    r"projet|floor|étage|office|bureau|"
    r"office at|located|situé|site|lands?|terrain|terminal|headquarters|siège|renovat|rénovat|inspection|"
    r"clinic|clinique|hotel|hôtel)",
    re.IGNORECASE,
)
POSTAL = re.compile(
    r"(?<![\w/-])(?!K1A)[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ \u00a0-]?[0-9][ABCEGHJ-NPRSTV-Z][0-9](?![\w/-])"
)
POSTAL_LOWER = re.compile(
    r"(?<![\w/-])(?!k1a)[abceghj-nprstvxy][0-9][abceghj-nprstv-z] [0-9][abceghj-nprstv-z][0-9](?![\w/-])"
)
NEAR = 60  # signs between a street and its postal code

IP4 = re.compile(r"(?<![\w.-])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w-]|\.[0-9])")
IP6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
IP_WORD = re.compile(r"\bIP\b", re.IGNORECASE)
VERSION_WORD = re.compile(
    r"\b(?:v|ver|version|section|sections|article|articles|release|clauses?|chapter|chapitre|paragraph|s|ss|"
    r"art)\.? ?$",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Finding]:
    """Find an address with its domain; those of an office (info@…, atip@…) are nobody's."""
    at = text.find("@")
    while at >= 0:
        # Bounded on both sides: a text of nothing but @ costs no more than its length.
        local = _LOCAL_PART.search(text, max(0, at - LOCAL), at)
        domain = _DOMAIN.match(text, at + 1, min(len(text), at + 1 + DOMAIN))
        if local and domain:
            start = local.start() + len(local.group()) - len(local.group().lstrip(".'’-"))
            if start < at and not OFFICES.fullmatch(text[start:at]):
                is_official = GOVERNMENTS.fullmatch(domain.group())
                yield Finding(Kind.EMAIL, start, domain.end(), 0.4 if is_official else 0.9)
        at = text.find("@", at + 1)


def phones(text: str) -> Iterator[Finding]:
    """Find a number of the North American plan, or of another country; a shorter one only where a word names it."""
    for match in PHONE.finditer(text):
        if _area(match.group()) not in FREE and _is_phone(match.group()):
            is_sure = is_named(PHONE_WORD, text, match.start())
            yield Finding(Kind.PHONE, match.start(), match.end(), 0.9 if is_sure else 0.8)
    for match in ABROAD.finditer(text):
        if _is_phone(match.group()):
            yield Finding(Kind.PHONE, match.start(), match.end(), 0.9)
    for match in named(PHONE_WORD, TEN_DIGITS, text):
        if _area(match.group()) not in FREE and _is_phone(match.group()):
            yield Finding(Kind.PHONE, match.start(), match.end(), 0.8)
    for match in named(SHORT_WORD, SEVEN_DIGITS, text):
        yield Finding(Kind.PHONE, match.start(), match.end(), 0.6)


def _area(written: str) -> str:
    digits = "".join(one for one in written if one.isdigit())
    return digits[-10:-7]


def _is_phone(written: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(written, "CA"))
    except phonenumbers.NumberParseException:
        return False


def addresses(text: str) -> Iterator[Finding]:
    """Find a street address, up to its postal code where that stands near; a box; a postal code alone."""
    postal = [*POSTAL.finditer(text), *POSTAL_LOWER.finditer(text)]
    ends = {match.start(): match.end() for match in postal}
    starts = sorted(ends)
    number = 0
    for match in sorted([*STREET_EN.finditer(text), *STREET_FR.finditer(text)], key=lambda one: one.start()):
        while number < len(starts) and starts[number] < match.end():
            number += 1
        end, has_code = match.end(), False
        if number < len(starts) and starts[number] - end <= NEAR:
            end, has_code = ends[starts[number]], True
        is_home = is_named(HOME_WORD, text, match.start(), reach=60)
        is_work = is_named(NOT_A_HOME, text, match.start(), reach=60)
        if is_home or not is_work:
            yield Finding(Kind.ADDRESS, match.start(), end, 0.9 if is_home or has_code else 0.4)
    for match in BOX.finditer(text):
        is_home = is_named(HOME_WORD, text, match.start(), reach=60)
        yield Finding(Kind.ADDRESS, match.start(), match.end(), 0.8 if is_home else 0.4)
    for match in postal:
        yield Finding(Kind.ADDRESS, match.start(), match.end(), 0.6)


def ip_addresses(text: str) -> Iterator[Finding]:
    """Find an address of the public internet; one of a local network only where the word stands before it."""
    for match in [*IP4.finditer(text), *IP6.finditer(text)]:
        try:
            address = ipaddress.ip_address(match.group())
        except ValueError:
            continue
        is_sure = is_named(IP_WORD, text, match.start())
        if is_sure or (
            address.is_global and not VERSION_WORD.search(text, max(0, match.start() - 12), match.start())
        ):
            yield Finding(Kind.IP, match.start(), match.end(), 0.9 if is_sure else 0.6)
