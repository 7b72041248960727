#!/usr/bin/env python3
"""Looks at the HTML reports in a real browser: Chromium, headless, spoken to over a pipe; nothing to install beside it.

    tests/browser/check.py target/debug/wxlicense [FOLDER FOR PICTURES]

At the width of a desk and of a telephone, light and dark, with everything unfolded: nothing overflows, no message
reaches the console, no request leaves the page, charts can be seen, every text stands out from its ground, and a hostile
plan shows as text. In print, folds are open. Ends with status 1 and all that was found.
"""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
WIDTHS = [1280, 390]
SCHEMES = ["light", "dark"]
MARKUP = "</style></title><script>document.body.remove()</script><img src=\"x\" onerror='alert(1)'>&amp;"
LONG = "W" * 5000 + "名" * 5000
HOSTILE = f"""
[[school]]
code = "<script>alert(1)</script>"
name = {json.dumps(MARKUP)}
basic = 10

[[school]]
code = "\\u202Eedoc"
name = "\\u202Eeman desrever\\u2069\\u2066 جامعة"
basic = 20
interop = 3

[[school]]
code = "controls"
name = "a\\u0000b\\nc\\uFDD1"
basic = 30

[[school]]
code = "long"
name = "{LONG}"
basic = 40
"""
EXAMPLES = ROOT / "examples"
PAGES = {
    "flags": ["quote", "--basic", "8", "--interop", "20"],
    "explained": ["quote", "--basic", "50", "--months", "6", "--held-basic", "180", "--explain"],
    "campus-en": ["quote", EXAMPLES / "campus-2022.toml", "--lang", "en"],
    "campus-zh": ["quote", EXAMPLES / "campus-2022.toml", "--lang", "zh"],
    "group": ["quote", EXAMPLES / "group.toml", "--lang", "zh"],
    "large": ["quote", EXAMPLES / "large.toml"],
    "waivers": ["quote", EXAMPLES / "waivers.toml"],
    "tiers": ["tiers", "show"],
    "budget": ["budget", EXAMPLES / "campus-2022.toml", "--years", "3", "--lang", "zh"],
    "budget-year": ["budget", EXAMPLES / "campus-2022.toml", "--lang", "en"],
    "budget-month": ["budget", EXAMPLES / "campus-2022.toml", "--month", "2022-12", "--lang", "zh"],
    "budget-quarters": ["budget", EXAMPLES / "purchases.toml", "--from", "2022-10-01", "--years", "4", "--by", "quarter"],
    "calendar-campus": ["calendar", EXAMPLES / "campus-2022.toml", "--lang", "zh"],
    "calendar-campus-en": ["calendar", EXAMPLES / "campus-2022.toml", "--lang", "en"],
    "status": ["status", EXAMPLES / "campus-2022.toml", "--lang", "zh"],
    "calendar": ["calendar", EXAMPLES / "purchases.toml"],
    "compare": ["compare", EXAMPLES / "compare-old.toml", EXAMPLES / "compare-new.toml"],
    "compare-budget": ["compare", EXAMPLES / "compare-old.toml", EXAMPLES / "compare-new.toml", "--budget"],
    "fit": ["fit", "--amount", "10000", "--interop"],
}
WITHOUT_CHARTS = {"tiers", "status", "budget-month"}

# Runs in the page and returns what is wrong with it.
LOOK = r"""
(expectCharts) => {
  const wrong = [];
  const width = document.documentElement.clientWidth;
  const name = element => element.tagName.toLowerCase() + '.' + (element.getAttribute('class') || '') + ' "' +
    element.textContent.trim().slice(0, 40) + '"';
  document.querySelectorAll('details').forEach(fold => fold.open = true);
  if (document.documentElement.scrollWidth > width) wrong.push('the page is ' + document.documentElement.scrollWidth + ' wide');
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('.scroll') && !element.matches('.scroll')) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > width + 1 || box.left < -1)) wrong.push(name(element) + ' overflows the page');
  }
  for (const cell of document.querySelectorAll('th, td, dd, dt, li, h1, h2, h3')) {
    if (cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth) wrong.push(name(cell) + ' overflows its box');
  }

  const charts = [...document.querySelectorAll('svg[role=img]')];
  if (expectCharts && !charts.length) wrong.push('there is no chart');
  for (const chart of charts) {
    const box = chart.getBoundingClientRect();
    if (box.width < 150 || box.height < 30) wrong.push('a chart is ' + box.width + ' by ' + box.height);
    for (const id of ['aria-labelledby', 'aria-describedby']) {
      if (!(document.getElementById(chart.getAttribute(id)) || {}).textContent) wrong.push('a chart has no ' + id);
    }
    const marks = [...chart.querySelectorAll('.bar, .line')].map(mark => mark.getBoundingClientRect());
    if (!marks.some(mark => mark.width > 2 && mark.height > 1)) wrong.push('a chart is empty');
  }

  for (const table of document.querySelectorAll('table')) {
    if ([...table.querySelectorAll('th')].some(head => !head.scope || !head.textContent.trim())) wrong.push('a table header without scope or text');
    if ([...table.querySelectorAll('tr')].some(row => !row.querySelector('th'))) wrong.push('a row without a header');
  }
  for (const cell of document.querySelectorAll('td.amount')) {
    const box = cell.closest('.scroll').getBoundingClientRect();
    const place = document.createRange();
    place.selectNodeContents(cell);
    if (cell.textContent.trim() && place.getBoundingClientRect().right > box.right + 1) wrong.push('an amount behind a scroll bar: ' + cell.textContent);
    for (const text of [...cell.childNodes].filter(node => node.nodeType === 3)) {
      for (const figure of text.data.matchAll(/\d[\d.,]*/g)) {
        place.setStart(text, figure.index);
        place.setEnd(text, figure.index + figure[0].length);
        if (place.getClientRects().length > 1) wrong.push('an amount broken in two: ' + cell.textContent);
      }
    }
  }
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!document.getElementById(link.hash.slice(1))) wrong.push('a link to nothing: ' + link.hash);
  }
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  if (new Set(ids).size !== ids.length) wrong.push('an id twice');
  if (!document.documentElement.lang) wrong.push('the page has no language');

  const channels = color => (color.match(/[\d.]+/g) || []).map(Number);
  const light = color => channels(color).slice(0, 3)
    .map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = element => {
    for (let box = element; box; box = box.parentElement) {
      const color = getComputedStyle(box).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return 'rgb(255,255,255)';
  };
  for (const element of document.querySelectorAll('main *')) {
    const words = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!words || element.closest('title, desc')) continue;
    const style = getComputedStyle(element);
    const colors = [element.closest('svg') ? style.fill : style.color, ground(element)].map(light).sort();
    const contrast = (Math.max(...colors) + 0.05) / (Math.min(...colors) + 0.05);
    if (contrast < 4.5) wrong.push(name(element) + ' has a contrast of ' + contrast.toFixed(2));
  }
  return [...new Set(wrong)].slice(0, 20);
}
"""

LOOK_AT_HOSTILE = r"""
(markup, long) => {
  const wrong = [];
  if (document.querySelector('script, img, iframe, [onerror]')) wrong.push('markup of the plan became markup');
  const headings = [...document.querySelectorAll('h3')].map(heading => heading.textContent);
  if (!headings.some(text => text.includes(markup))) wrong.push('markup does not show as text');
  if (!headings.some(text => text.includes(long))) wrong.push('the long name is not whole');
  if (document.querySelectorAll('style').length !== 1 || !document.title.includes(' · ')) wrong.push('the head is broken');
  const turned = [...document.querySelectorAll('h3')].find(heading => heading.querySelector('bdi'));
  if (!turned) return [...wrong, 'nothing is isolated'];
  const places = node => { const range = document.createRange(); range.selectNodeContents(node); return [...range.getClientRects()]; };
  const code = [...turned.querySelectorAll('bdi')].pop();
  const after = turned.lastChild;
  const [end, next] = [places(code).pop(), places(after)[0]];
  const goesOn = next.top >= end.bottom - 1 || next.left >= end.right - 1;
  if (after.nodeType !== 3 || !goesOn) wrong.push('a name turns its neighbours around');
  return wrong;
}
"""

FOLDS_IN_PRINT = r"""
() => [...document.querySelectorAll('details:not([open]) > .folded')]
  .filter(folded => !folded.checkVisibility({contentVisibilityAuto: true}) || folded.getBoundingClientRect().height < 20)
  .map(folded => 'folded away in print: ' + folded.parentElement.querySelector('h3').textContent.slice(0, 40))
"""


class Browser:
    """Chromium behind a pair of pipes: messages are JSON, each ended by a zero byte."""

    FLAGS = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
        "--remote-debugging-pipe",
    ]

    def __init__(self, program, profile):
        to_browser, self.to = os.pipe()
        self.out, from_browser = os.pipe()

        # The browser reads its descriptor 3 and writes its descriptor 4.
        def wire():
            reads, writes = os.dup(to_browser), os.dup(from_browser)
            os.dup2(reads, 3)
            os.dup2(writes, 4)

        self.process = subprocess.Popen(
            [program, *self.FLAGS, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=wire, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.buffer = b""
        self.number = 0
        self.events = []
        targets = self.ask("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        self.session = self.ask("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network"]:
            self.ask(f"{domain}.enable")

    def ask(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") != self.number:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            else:
                return answer["result"]

    def read(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.out, 1 << 16)
            if not piece:
                raise RuntimeError("the browser has gone away")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def open(self, url):
        self.events.clear()
        self.ask("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.read())

    def run(self, function, *arguments):
        call = f"({function})({','.join(json.dumps(argument) for argument in arguments)})"
        answer = self.ask("Runtime.evaluate", expression=call, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"]["value"]

    def view(self, width, scheme, media="screen"):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.ask("Emulation.setEmulatedMedia", media=media, features=features)

    def noises(self, url):
        """Messages, and requests for anything but the page itself."""
        for event in self.events:
            method, params = event.get("method"), event.get("params", {})
            if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
                yield f"console: {json.dumps(params)[:300]}"
            if method == "Network.requestWillBeSent":
                asked = params["request"]["url"]
                if asked != url and not asked.startswith("data:"):
                    yield f"request: {asked[:200]}"

    def picture(self, path):
        data = self.ask("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self):
        try:
            self.ask("Browser.close")
            self.process.wait(timeout=10)
        except (RuntimeError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()


def write_pages(program, folder):
    plan = folder / "hostile.toml"
    plan.write_text(HOSTILE, encoding="utf-8")
    for name, arguments in {**PAGES, "hostile": ["quote", plan]}.items():
        subprocess.run([program, *arguments, "-o", folder / f"{name}.html"], check=True)
        yield name


def look_at(browser, name, url, pictures):
    found = []
    for width in WIDTHS:
        for scheme in SCHEMES:
            browser.view(width, scheme)
            browser.open(url)
            wrong = browser.run(LOOK, name not in WITHOUT_CHARTS)
            if name == "hostile":
                wrong += browser.run(LOOK_AT_HOSTILE, MARKUP, LONG)
            # Whatever has been asked for by now has been told.
            wrong += browser.noises(url)
            found += [f"{name}, {width} px, {scheme}: {what}" for what in wrong]
            if pictures:
                browser.picture(pictures / f"{name}-{width}-{scheme}.png")
    browser.view(794, "dark", media="print")
    browser.open(url)
    found += [f"{name}, print: {what}" for what in browser.run(FOLDS_IN_PRINT)]
    return found


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = pathlib.Path(sys.argv[1]).resolve()
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("no chromium here")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        folder = pathlib.Path(folder)
        (folder / "profile").mkdir()
        browser = Browser(chromium, folder / "profile")
        try:
            pages = list(write_pages(program, folder))
            found = [what for name in pages for what in look_at(browser, name, (folder / f"{name}.html").as_uri(), pictures)]
        finally:
            browser.close()
    for what in found:
        print(what)
    print(f"{len(pages)} pages looked at in {len(WIDTHS)} widths, light and dark, and in print: {len(found)} problems")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
