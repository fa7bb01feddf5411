"""What a request is about, without what every request says.

"All records, e-mails and briefing notes from 1 January to 31 March 2020 about lighthouse repairs, excluding cabinet
confidences" is about lighthouse repairs. Vectors of this core find it better from everyday words than vectors of the
whole (docs/decisions/two-vectors-a-text.md).
"""

import re

MOST_WORDS = 120  # the model reads no more with profit, and longer texts cost time in proportion

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|oct|nov|dec|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre"
    r"|décembre|decembre)\.?"
)
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th|er)?)"
_DATE = (
    rf"(?:{_MONTH}\s+{_DAY}(?:\s*,)?\s+\d{{4}}|{_DAY}\s+{_MONTH}(?:\s+\d{{4}})?|{_MONTH}\s+\d{{4}}"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|(?:19|20)\d{2}(?:[-–](?:19|20)?\d{2})?)"
)
_LEAD_EN = (
    r"(?:from|between|since|after|before|up to|to|until|till|through|and|for|during|dated|as of|on|in|of)"
)
_LEAD_FR = (
    r"(?:du|de|d’|d'|entre le|entre|depuis le|depuis|après le|avant le|jusqu’au|jusqu'au|jusqu’à|au|à|et le|et"
    r"|pour|pendant|durant|en date du|à compter du|à partir du|le|en)"
)
_DATES = re.compile(rf"(?:\b(?:{_LEAD_EN}|{_LEAD_FR})\s+(?:the\s+|le\s+|le\s)?)?\b{_DATE}\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:up\s+)?(?:to|until|till|jusqu’à|jusqu'à|à)\s+(?:the\s+)?"
    r"(?:present|date|today|now|aujourd’hui|aujourd'hui|ce jour)\b",
    re.IGNORECASE,
)
_PERIODS = re.compile(
    r"\b(?:for the period|the period|timeframe|time frame|date range|dates?|pour la période|la période|période visée)\b"
    r"(?:\s+(?:of|de|is|est|allant|covering))?\s*:?",
    re.IGNORECASE,
)
_EXCLUSIONS = re.compile(
    r"(?:[.;,(]|^)\s*(?:please\s+)?(?:exclud\w+|do not include|not including|omit\w*|with the exception of|except for"
    r"|à l’exclusion|à l'exclusion|veuillez exclure|exclure|excluant|sauf|à l’exception|à l'exception|ne pas inclure)"
    r"\b[^.;)]*[.;)]?",
    re.IGNORECASE,
)
_KIND_EN = (
    r"(?:records?|documents?|documentation|information|copies|copy|e-?mails?|emails?|electronic mail|correspondence"
    r"|communications?|memos?|memorand(?:a|um|ums)|briefing\s+(?:notes?|materials?|books?|packages?|documents?)|notes?"
    r"|reports?|presentations?|decks?|letters?|minutes|agendas?|text messages?|texts?|messages?|transcripts?"
    r"|question period (?:notes?|cards?)|media lines?|drafts?|files?|attachments?|instant messages?|chats?"
    r"|notes to file|meeting notes|background(?:ers?)?|talking points|data|materials?)"
)
_KIND_FR = (
    r"(?:documents?|dossiers?|renseignements|informations?|copies?|courriels?|correspondances?|communications?"
    r"|notes?(?: d’information| d'information| de breffage| de service)?|mémos?|rapports?|présentations?|lettres?"
    r"|procès-verbaux|ordres du jour|messages?(?: textes?| texte| instantanés)?|textos?|échanges?|ébauches?|fichiers?"
    r"|pièces jointes|comptes rendus|infocapsules|fiches?(?: de la période des questions)?|données)"
)
_QUALITY = (
    r"(?:all|any|every|each|the|a|an|other|related|relevant|internal|external|electronic|paper|available|final|draft"
    r"|written|tous?|toutes?|les|le|la|l’|l'|des|de|d’|d'|un|une|autres?|internes?|externes?|électroniques?|pertinents?"
    r"|connexes?|and all|and any|including|y compris|notamment|such as|but not limited to|mais sans s’y limiter)"
)
_LIST = re.compile(
    rf"\b(?:{_QUALITY}[\s,/()]+)*(?:{_KIND_EN}|{_KIND_FR})\b"
    rf"(?:[\s,/;()]*(?:\band/?or\b|\band\b|\bor\b|\bet/?ou\b|\bet\b|\bou\b|\bin\b)?[\s,/;()]*(?:{_QUALITY}[\s,/()]+)*"
    rf"(?:{_KIND_EN}|{_KIND_FR})\b)*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\W*(?:(?:i am|we are|i would like|we would like|i'm|je|nous)\b[^.:]{0,60}?\b(?:for|request\w*|obtain|receive"
    r"|copy of|demand\w+|obtenir|recevoir|copie)\b)?\W*(?:please provide|provide|requesting|request for|requests?"
    r"|seeking|veuillez fournir|fournir|demande de|obtenir)?\W*",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"^\W*(?:(?:related|relating|pertaining|in relation|with regards?|in regards?|with respect|as it relates|sent"
    r"|prepared|regarding|concerning|about|on|of|to|for|that|which|held|created|generated|by|de|du|des|d’|d'|sur|concernant"
    r"|portant|relatifs?|relatives?|liés?|liées?|ayant trait|au sujet|à propos|visant|traitant|se rapportant|à|aux?"
    r"|en ce qui concerne|qui)\b\W*)+",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")
_LONELY = re.compile(r"\s+([.,;:])")
LEAST_LEFT = 3  # words; a core shorter than this says less than the whole


def first_words(text: str) -> str:
    """Return the text on one line, cut after the words that the model reads."""
    return " ".join(text.split()[:MOST_WORDS])


def core_text(text: str) -> str:
    """Return what `text` is about, cut after 120 words; the whole when almost nothing would be left."""
    whole = _SPACES.sub(" ", text).strip()
    core = _EXCLUSIONS.sub(" ", whole)
    core = _DATES.sub(" ", core)
    core = _PRESENT.sub(" ", core)
    core = _PERIODS.sub(" ", core)
    core = _ABOUT.sub("", core, count=1)
    core = _LIST.sub(" ", core)
    core = _LINKS.sub("", _SPACES.sub(" ", core))
    core = _LONELY.sub(r"\1", _SPACES.sub(" ", core)).strip(" .,;:-–()\"'«»")
    return first_words(core if len(core.split()) >= LEAST_LEFT else whole)
