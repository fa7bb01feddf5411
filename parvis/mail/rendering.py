"""From a declared message to subject, text and HTML; and what is wrong with a message's files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist, TemplateSyntaxError, engines
from django.template.base import FilterExpression, Node, Template, Variable
from django.template.defaulttags import ForNode, IfNode, WithNode
from django.utils import translation

from parvis.core.bilingual import LANGUAGES, Language
from parvis.mail.registry import PARTS, MailTemplate
from parvis.theme.jurisdiction import current_theme

Value = str | int
FRAME = frozenset({"language", "site_name", "site_url", "subject"})
"""What every message may use besides its own context."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as it is sent."""

    subject: str
    text: str
    html: str


def render(template: MailTemplate, language: Language, context: Mapping[str, Value]) -> Rendered:
    """Write a message. Raises ValueError when `context` is not exactly what the template declares."""
    if context.keys() != template.context.keys():
        missing = sorted(template.context.keys() - context.keys())
        undeclared = sorted(context.keys() - template.context.keys())
        raise ValueError(f"{template.name}: missing {missing}, undeclared {undeclared}")
    frame = {
        "language": language,
        "site_name": current_theme().name.in_(language),
        "site_url": settings.BASE_URL,
        "subject": "",
    }
    values: dict[str, Any] = {**frame, **context}
    with translation.override(language):
        subject = " ".join(_written(template.file(language, "subject.txt"), values).split())
        values["subject"] = subject
        text = _written(template.file(language, "txt"), values).strip() + "\n"
        html = _written(template.file(language, "html"), values)
    return Rendered(subject, text, html)


def _written(name: str, values: Mapping[str, Any]) -> str:
    context = Context(dict(values), autoescape=name.endswith(".html"))
    return _engine().get_template(name).render(context)


def _engine() -> Engine:
    return engines["django"].engine  # type: ignore[attr-defined,no-any-return]  # the Django backend has one


def template_faults(template: MailTemplate) -> Iterator[str]:
    """Yield, in words, all that is wrong with a message's files: missing, undeclared or unused variables, and so on."""
    for language in LANGUAGES:
        used: dict[str, frozenset[str]] = {}
        for part in PARTS:
            name = template.file(language, part)
            try:
                used[part] = names_used(_engine().get_template(name))
            except (TemplateDoesNotExist, TemplateSyntaxError) as error:
                yield f"{name}: {type(error).__name__}: {error}"
                continue
            if undeclared := used[part] - template.context.keys() - FRAME:
                yield f"{name} uses {sorted(undeclared)}, which {template.name} does not declare"
        for part in ("txt", "html"):
            if part in used and (unused := template.context.keys() - used[part]):
                yield f"{template.file(language, part)} never says {sorted(unused)}, which {template.name} declares"
        told = used.get("subject.txt", frozenset()) & template.context.keys()
        if personal := sorted(name for name in told if template.context[name].is_personal):
            yield f"{template.file(language, 'subject.txt')} says {personal}: nothing personal stands in a subject"


def names_used(template: Template) -> frozenset[str]:
    """Return the names of the variables that a template asks its context for, but for those that it sets itself."""
    return frozenset(_names(template.nodelist)) - {"True", "False", "None", "block"}


def _names(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        yield from _of_values(vars(node))
        if isinstance(node, IfNode):
            for condition, _nodes in node.conditions_nodelists:
                yield from _of_condition(condition)
        own = _set_by(node)
        for attribute in node.child_nodelists:
            yield from (name for name in _names(getattr(node, attribute, ())) if name not in own)


def _of_values(values: Mapping[str, Any]) -> Iterator[str]:
    """Find variables in what a node holds, with what it passes on by name."""
    for value in values.values():
        if isinstance(value, FilterExpression):
            yield from _of_expression(value)
        elif isinstance(value, dict):
            yield from _of_values(value)


def _of_condition(condition: Any) -> Iterator[str]:
    """Find variables in a condition: a value, or an operator with one or two sides."""
    for side in ("first", "second"):
        if (inner := getattr(condition, side, None)) is not None:
            yield from _of_condition(inner)
    if isinstance(value := getattr(condition, "value", None), FilterExpression):
        yield from _of_expression(value)


def _of_expression(expression: FilterExpression) -> Iterator[str]:
    given = [value for _filter, values in expression.filters for _is_variable, value in values]
    for variable in (expression.var, *given):
        if isinstance(variable, Variable) and variable.lookups:
            yield variable.lookups[0]


def _set_by(node: Node) -> frozenset[str]:
    """Return the names that a `for` or a `with` gives to what stands inside it."""
    if isinstance(node, ForNode):
        return frozenset({"forloop", *node.loopvars})
    return frozenset(node.extra_context) if isinstance(node, WithNode) else frozenset()
