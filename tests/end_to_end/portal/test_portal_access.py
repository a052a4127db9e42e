"""Every page for everyone: axe at three widths, light and dark; no sideways scroll; a way by keyboard."""

import pytest

from deploy.local.places import HOME
from tests.builders.browsers import PATIENCE

AXE = HOME / "axe-core" / "axe.min.js"
SIZES = ((1280, 800), (390, 844), (320, 568))
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ROLES = ("stranger", "member", "facilitator", "admin", "sponsor")
WIDE = "document.documentElement.scrollWidth - innerWidth"
RUN = """async ([rules, colorsOnly]) => {
  const only = colorsOnly ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: rules };
  const found = await axe.run(document, { runOnly: only, resultTypes: ['violations'], preload: false });
  return found.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 120));
}"""
needs_axe = pytest.mark.skipif(
    not AXE.exists(),
    reason="axe-core could not be had from the npm registry: accessibility rules not checked",
)


@needs_axe
@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing_on_any_page_at_any_width_light_or_dark(window, people, places, role):
    theirs = window(people[role], bypass_csp=True)
    theirs.context.add_init_script(path=AXE)
    found = []
    for path in places[role]:
        theirs.open(path)
        for scheme in ("light", "dark"):
            theirs.page.emulate_media(color_scheme=scheme)
            for width, height in SIZES:
                theirs.page.set_viewport_size({"width": width, "height": height})
                colors_only = scheme == "dark"  # all else was looked at in the light
                faults = theirs.page.evaluate(RUN, [RULES, colors_only])
                found += [(path, scheme, width, fault) for fault in faults]

    assert found == []


@pytest.mark.parametrize("role", ROLES)
def test_no_page_scrolls_sideways_at_320_pixels(window, people, places, role):
    theirs = window(people[role], viewport={"width": 320, "height": 568})

    wide = [path for path in places[role] if theirs.open(path) and theirs.page.evaluate(WIDE) > 0]

    assert wide == []


@pytest.mark.parametrize("role", ROLES)
def test_every_stop_of_the_keyboard_is_ringed_large_enough_and_in_view(window, people, places, role):
    theirs = window(people[role], viewport={"width": 390, "height": 844})
    theirs.page.set_default_timeout(PATIENCE)
    for path in places[role]:
        theirs.open(path)
        stops = list(theirs.walk())
        poor = [stop for stop in stops if not (stop["ring"] and stop["high"] and stop["inside"])]
        assert stops[0]["what"] == "Skip to the page"
        assert (path, poor) == (path, [])
