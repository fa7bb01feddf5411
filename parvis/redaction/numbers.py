"""Numbers that governments, banks and insurers give to people.

Check digits: Luhn (ISO/IEC 7812-1) for the SIN, payment cards and Ontario's health card; modulus 11 for British
Columbia's personal health number; both by python-stdnum. Quebec's health card carries its holder's birth date.
"""

import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.ca import bc_phn

from parvis.redaction.findings import Finding, Kind
from parvis.redaction.words import is_named, named

GAP = "[ \u00a0\u202f.-]"
SIN_WORD = re.compile(
    r"\bS\.?I\.?N\b\.?|\bN\.?A\.?S\b\.?|social insurance|assurance sociale|\bs\.?i\.?n\.? (?:number|no|#)",
    re.IGNORECASE,
)
SIN_NUMBER = re.compile(rf"(?<![\w.-])[0-9]{{3}}({GAP}?)[0-9]{{3}}\1[0-9]{{3}}(?![\w]|[.-][0-9])")
BUSINESS = re.compile(r"[ -]?(?:RT|RP|RC|RM|RZ|RR)[ -]?[0-9]{4}\b")
IN_A_LIST = re.compile(r"[0-9]{9}[,;/ ]{1,2}$")
AMOUNT = re.compile(r"[ \u00a0\u202f]?(?:\$|%|dollars|[MG]\$|CAD\b|,[0-9]{2}\b)", re.IGNORECASE)
NOT_OF_A_PERSON = re.compile(
    r"\b(?:file|case|dossier|contract|contrat|invoice|facture|order|commande|project|projet|solicitation|"
    r"invitation|reference|"
    r"référence|request|demande|docket|permit|patent|brevet|serial|série|tender|appel|report|rapport|tracking|suivi|"
    r"registration|enregistrement|claim|sinistre|PID|lot|parcel|parcelle|identification|value|valeur|montant|"
    r"amount|business|entreprise|NE|BN|DIN|GST|TPS|ISBN|RDIMS|SGDDI|PO|ref|réf)"
    r"\b[^.;\n]{0,24}$",
    re.IGNORECASE,
)
CARD = re.compile(rf"(?<![\w.-])[0-9]{{4}}(?:{GAP}?[0-9]{{4}}){{2}}{GAP}?[0-9]{{1,7}}(?![\w]|[.-][0-9])|"
                  rf"(?<![\w.-])3[47][0-9]{{2}}{GAP}?[0-9]{{6}}{GAP}?[0-9]{{5}}(?![\w]|[.-][0-9])")  # fmt: skip
ISSUERS = re.compile(
    r"4[0-9]{12}(?:[0-9]{3}(?:[0-9]{3})?)?|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|"
    r"720)[0-9]{12}|"
    r"3[47][0-9]{13}|6(?:011|5[0-9]{2}|4[4-9][0-9])[0-9]{12}|35[0-9]{14}|3(?:0[0-5]|[68][0-9])[0-9]{11}"
)
HEALTH_WORD = re.compile(
    r"\bhealth (?:card|insurance|number|care number|services? number)|\bOHIP\b|\bRAMQ\b|\bPHN\b|\bMSP\b|"
    r"\bMCP\b|\bPHIN\b|\bHSN\b|"
    r"\bAHCIP\b|\bcarte (?:d[’']assurance[ -]maladie|(?:de )?santé|soleil)|\bassurance[ -]maladie\b|"
    r"\bnuméro (?:de carte )?santé",
    re.IGNORECASE,
)
HEALTH_NUMBER = re.compile(rf"(?<![\w])[0-9]{{4}}{GAP}?[0-9]{{3}}{GAP}?[0-9]{{3}}(?:{GAP}?[A-Z]{{2}})?(?![\w]|-[0-9])|"
                           rf"(?<![\w])[0-9]{{3,5}}(?:{GAP}?[0-9]{{3,4}}){{1,2}}(?![\w])")  # fmt: skip
TEN_DIGITS = re.compile(
    rf"(?<![\w.-])[0-9]{{4}}({GAP})[0-9]{{3}}\1[0-9]{{3}}(?:{GAP}?[A-Z]{{2}})?(?![\w]|-[0-9])"
)
QUEBEC_HEALTH = re.compile(rf"(?<![\w-])[A-Z]{{4}}{GAP}?[0-9]{{4}}{GAP}?[0-9]{{4}}(?![\w-])")
PASSPORT_WORD = re.compile(r"\bpass(?:port|eport)s?\b", re.IGNORECASE)
PASSPORT_NUMBER = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}[ -]?[0-9]{6}|[A-Z][0-9]{6}[A-Z]{2})(?![\w-])", re.IGNORECASE
)
LICENCE_WORD = re.compile(
    r"\bdriv(?:er|ing)[’']?s?[’']? licen[cs]e|\bdriver licen[cs]e|\bpermis de conduire|\bD\.?L\.? ?(?:#|no\b|number)",
    re.IGNORECASE,
)
LICENCE_NUMBER = re.compile(r"(?<![\w-])[A-Z]{0,2}[0-9][0-9 -]{3,18}[0-9](?![\w])", re.IGNORECASE)
LICENCE_FORM = re.compile(
    r"(?<![\w-])[A-Z][0-9]{4}[ -][0-9]{5}[ -][0-9]{5}(?![\w-])|(?<![\w-])[A-Z][0-9]{4}-[0-9]{6}-[0-9]{2}(?![\w-])"
)
CLIENT_WORD = re.compile(
    r"\bU\.?C\.?I\.?(?!\w)|\bI\.?U\.?C\.?(?!\w)|\bclient (?:ID|identifier|identification|number)\b|"
    r"\bunique client\b|\bidentifiant (?:unique|client)"
    r"|\bnuméro (?:d[’'])?(?:identification )?(?:de )?client\b|\b(?:ID|no|n[°o]) (?:de )?client\b",
    re.IGNORECASE,
)
CLIENT_NUMBER = re.compile(r"(?<![\w-])(?:[0-9]{2}[ -]?)?[0-9]{4}[ -]?[0-9]{4}(?![\w]|-[0-9])")
ACCOUNT_WORD = re.compile(
    r"\b(?:bank|chequing|checking|savings) account|\baccount (?:number|no\b|#)|\bcompte (?:bancaire|"
    r"d[’']épargne|chèques?|courant)"
    r"|\bnuméro (?:de|du) compte|\bdirect deposit|\bdépôt direct|\bIBAN\b",
    re.IGNORECASE,
)
ACCOUNT_NUMBER = re.compile(r"(?<![\w$,.-])[0-9]{2,7}(?:[ -]?[0-9]{3,7}){1,3}(?![\w]|[,.][0-9])")
ACCOUNT_FORM = re.compile(r"(?<![\w-])[0-9]{5}-[0-9]{3}-[0-9]{7,12}(?![\w-])")
IBAN = re.compile(r"(?<![\w-])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\w-])")


def digits_of(text: str) -> str:
    """Return only the digits."""
    return "".join(one for one in text if one.isdigit())


def social_insurance(text: str) -> Iterator[Finding]:
    """Find nine digits with a check digit; a wrong one counts only where a word names it.

    The first digit is never 8 (Service Canada); 0 was never given to anyone and stands in examples only.
    """
    for match in SIN_NUMBER.finditer(text):
        digits = digits_of(match.group())
        is_valid = luhn.is_valid(digits) and digits[0] != "8" and len(set(digits)) > 1
        if is_named(SIN_WORD, text, match.start()):
            yield Finding(Kind.SIN, match.start(), match.end(), 0.9 if is_valid else 0.6)
        elif is_valid and digits[0] != "0" and not _is_of_something_else(text, match):
            yield Finding(Kind.SIN, match.start(), match.end(), 0.8 if match.group(1) else 0.5)


def _is_of_something_else(text: str, match: re.Match[str]) -> bool:
    before, start = max(0, match.start() - 40), match.start()
    return bool(
        AMOUNT.match(text, match.end())
        or BUSINESS.match(text, match.end())
        or text[start - 1 : start] == "$"
        or NOT_OF_A_PERSON.search(text, before, start)
        or IN_A_LIST.search(text, max(0, start - 11), start)
    )


def payment_cards(text: str) -> Iterator[Finding]:
    """Find a number that an issuer gives, with its check digit."""
    for match in CARD.finditer(text):
        digits = digits_of(match.group())
        if ISSUERS.fullmatch(digits) and luhn.is_valid(digits) and len(set(digits)) > 1:
            yield Finding(Kind.CARD, match.start(), match.end(), 0.9)


def health_cards(text: str) -> Iterator[Finding]:
    """Find any province's number where a word names it; Ontario's, British Columbia's, Quebec's by form as well."""
    for match in named(HEALTH_WORD, HEALTH_NUMBER, text):
        digits = digits_of(match.group())
        if 8 <= len(digits) <= 12:  # noqa: PLR2004  # Prince Edward Island's eight, Newfoundland's twelve
            yield Finding(
                Kind.HEALTH_CARD, match.start(), match.end(), 0.9 if _has_check_digit(digits) else 0.8
            )
    for match in TEN_DIGITS.finditer(text):
        if _has_check_digit(digits_of(match.group())) and digits_of(match.group())[0] != "0":
            yield Finding(Kind.HEALTH_CARD, match.start(), match.end(), 0.6)
    for match in QUEBEC_HEALTH.finditer(text):
        digits = digits_of(match.group())
        month, day = int(digits[2:4]), int(digits[4:6])
        if month % 50 in range(1, 13) and month < 63 and day in range(1, 32):  # noqa: PLR2004  # 50 is added for women
            yield Finding(Kind.HEALTH_CARD, match.start(), match.end(), 0.8)


def _has_check_digit(digits: str) -> bool:
    return len(digits) == 10 and (luhn.is_valid(digits) or bc_phn.is_valid(digits))  # noqa: PLR2004  # their length


def passports(text: str) -> Iterator[Finding]:
    """Find a passport's number where the word stands before it."""
    for match in named(PASSPORT_WORD, PASSPORT_NUMBER, text):
        yield Finding(Kind.PASSPORT, match.start(), match.end(), 0.9)


def licences(text: str) -> Iterator[Finding]:
    """Find a driver's licence where the word stands before it; Ontario's and Quebec's also by their form."""
    for match in named(LICENCE_WORD, LICENCE_NUMBER, text):
        if len(digits_of(match.group())) >= 5:  # noqa: PLR2004  # the shortest, of Prince Edward Island
            yield Finding(Kind.LICENCE, match.start(), match.end(), 0.9)
    for match in LICENCE_FORM.finditer(text):
        yield Finding(Kind.LICENCE, match.start(), match.end(), 0.8)


def client_ids(text: str) -> Iterator[Finding]:
    """Find a unique client identifier of immigration: eight or ten digits where a word names it."""
    for match in named(CLIENT_WORD, CLIENT_NUMBER, text):
        yield Finding(Kind.CLIENT_ID, match.start(), match.end(), 0.9)


def accounts(text: str) -> Iterator[Finding]:
    """Find a bank account where a word names it, with its transit number, or as an IBAN with its check digits."""
    for match in named(ACCOUNT_WORD, ACCOUNT_NUMBER, text):
        if len(digits_of(match.group())) >= 7:  # noqa: PLR2004  # the shortest of Payments Canada's Standard 005
            yield Finding(Kind.ACCOUNT, match.start(), match.end(), 0.8)
    for match in ACCOUNT_FORM.finditer(text):
        yield Finding(Kind.ACCOUNT, match.start(), match.end(), 0.6)
    for match in IBAN.finditer(text):
        if iban.is_valid(match.group()):
            yield Finding(Kind.ACCOUNT, match.start(), match.end(), 0.9)
