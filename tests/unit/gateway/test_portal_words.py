"""Every word a page says goes through gettext: none stands plain in a template or in a page's code."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import nodes

from gateway.portal import phrases
from gateway.portal.phrases import LANGUAGE, many, say
from gateway.portal.render import environment

PORTAL = Path(phrases.__file__).parent
NAMES = re.compile(r"\b(?:Commonthread|narrow|aside)\b")  # our name, and the layouts
SAID_TO_READERS = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"{]*[A-Za-z]{2}[^"]*)"')
ENTITY_OR_TAG = re.compile(r"<[^>]*>|&\w+;", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
PROSE = re.compile(r"[A-Za-z]+ [a-z]+|^[A-Z][a-z]+$")
TRANSLATED = {"say", "many"}
DOCUMENTS = {"page", "ValueError", "Regexp"}  # calls whose words are for developers


@pytest.mark.parametrize("template", sorted(path.name for path in (PORTAL / "templates").glob("*.html")))
def test_no_word_stands_plain_in_a_template(template):
    source = (PORTAL / "templates" / template).read_text(encoding="utf-8")
    tree = environment("en").parse(source)
    # What templates print is cut out by a mark, so that a tag around it stays one tag.
    plain = "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\x00"
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
    )

    shown = NAMES.sub("", ENTITY_OR_TAG.sub(" ", plain)).replace("\x00", " ")
    assert WORD.findall(re.sub(r'[\w-]+="[^"]*"?|"[^"]*"|[<>]', " ", shown)) == []
    assert SAID_TO_READERS.findall(plain) == []


@pytest.mark.parametrize(
    "file", sorted(PORTAL.rglob("*.py")), ids=lambda path: path.relative_to(PORTAL).as_posix()
)
def test_no_sentence_stands_plain_in_a_pages_code(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    allowed = {id(text) for text in _documents(tree)} | {id(text) for text in _translated(tree)}

    plain = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in allowed
        and PROSE.search(node.value)
    ]

    assert [text for text in plain if not _is_code(text)] == []


def test_a_phrase_is_told_in_the_language_of_the_page_it_is_shown_on(tmp_path, monkeypatch):
    monkeypatch.setattr(phrases, "LOCALES", _catalogue(tmp_path, "de"))
    phrases.translations.cache_clear()
    before = LANGUAGE.set("de")
    try:
        told = str(say("Saved.")), str(many("%(num)s member", "%(num)s members", 3))
    finally:
        LANGUAGE.reset(before)
        phrases.translations.cache_clear()

    assert told == ("Gespeichert.", "3 Mitglieder")
    assert str(say("Saved.")) == "Saved."


def test_what_fills_a_hole_is_never_read_as_markup():
    page = environment("en").from_string("{{ said }}").render(said=say("Hello %(name)s", name="<b>%(x)s</b>"))

    assert page == "Hello &lt;b&gt;%(x)s&lt;/b&gt;"


def _documents(tree):
    """Docstrings, and what is said to developers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            yield node.body[0].value
        if isinstance(node, ast.Call) and _name(node) in DOCUMENTS:
            yield from ast.walk(node)


def _translated(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in TRANSLATED:
            yield from (part for argument in node.args for part in ast.walk(argument))


def _name(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _is_code(text):
    """Formats of dates, headers, types in quotes: nobody reads them on a page."""
    return bool(re.fullmatch(r"[EdMyH:m, ]+|[A-Z][\w-]+|[\w.]+\[.*\]", text))


def _catalogue(folder, language):
    """A folder of catalogues with one of two messages."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalogue = Catalog(locale=language)
    catalogue.add("Saved.", "Gespeichert.")
    catalogue.add(("%(num)s member", "%(num)s members"), ("%(num)s Mitglied", "%(num)s Mitglieder"))
    path = folder / language / "LC_MESSAGES" / "portal.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    return folder
