"""A real browser: windows that note every word of their console, and people who use the keyboard only."""

import re
import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000  # milliseconds; machines that run tests are busy
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
TAB_STOPS = 120  # more than any page has
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const seen = e.closest('.pick') || e, style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  return {
    what: (e.getAttribute('aria-label') || e.innerText || e.labels?.[0]?.innerText || e.name || '').trim(),
    name: e.name || '', id: e.id, value: e.value ?? '', tag: e.tagName,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    high: box.height >= 24 || style.display === 'inline',
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}"""


@contextmanager
def a_browser():
    """Yield Chromium with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


class Window:
    """One person's window.

    Args:
        cookies: name -> value, of a sign-in made elsewhere.
        options: of Playwright's `new_context`.

    `noise` holds what its console said, blocked scripts and styles included; `dialogs` what popped up.
    """

    def __init__(self, browser, url, cookies=None, **options):
        self.url = url
        self.context = browser.new_context(base_url=url, **({"viewport": DESKTOP} | options))
        self.context.set_default_timeout(PATIENCE)
        self.context.add_cookies([{"name": n, "value": v, "url": url} for n, v in (cookies or {}).items()])
        self.page = self.context.new_page()
        self.noise, self.dialogs = [], []
        self.page.on("console", lambda said: REFUSED.match(said.text) or self.noise.append(said.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("dialog", self._dismiss)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def open(self, path):
        """Go there and return the status."""
        return self.page.goto(path).status

    def press(self, label):
        """Press the button or link of that name with the pointer and wait for the page that follows."""
        thing = self.page.get_by_role("button", name=label).or_(self.page.get_by_role("link", name=label))
        with self.page.expect_navigation():
            thing.first.click()

    def tab_to(self, wanted):
        """Press Tab until what has focus is called `wanted`, or has that name or id; return how it looks."""
        for _ in range(TAB_STOPS):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUSED)
            if at and wanted in (at["what"], at["name"], at["id"]):
                return at
        raise AssertionError(f"no Tab stop is called {wanted!r} at {self.page.url}")

    def enter(self, wanted):
        """Reach it by Tab, press Enter and wait for the page that follows."""
        self.tab_to(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def walk(self):
        """Yield every Tab stop of the page from its top."""
        for _ in range(TAB_STOPS):
            self.page.keyboard.press("Tab")
            at = self.page.evaluate(FOCUSED)
            if at is None:
                return
            yield at

    @property
    def text(self):
        return self.page.inner_text("main")

    @property
    def said(self):
        return self.page.inner_text("#said")

    def _dismiss(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()
