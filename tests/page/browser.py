"""What the tests of the page share: a project folder, a server that ends with the test, a browser, and what to look for."""
import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"


def needs():
    """Skips with a reason where there is no browser. Selenium is Debian's: another python on the path does not see it."""
    if not (ROOT / "web/page/dist/index.html").exists():
        skip("the page in a browser: this program was built without the page")
    for program, package in ((CHROMIUM, "chromium"), (DRIVER, "chromium-driver")):
        if not os.access(program, os.X_OK):
            skip(f"the page in a browser: {package} is not installed (scripts/install test)")
    try:
        import selenium  # noqa: F401
    except ImportError:
        if sys.executable != "/usr/bin/python3" and subprocess.run(["/usr/bin/python3", "-c", "import selenium"], capture_output=True).returncode == 0:
            os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
        skip("the page in a browser: python3-selenium is not installed (scripts/install test)")


def skip(why):
    print(f"  skipped: {why}")
    sys.exit(77)


def project(folder):
    """The demo as a user has it: accounts, a programme and nothing else."""
    shutil.copytree(ROOT / "data/finland-2014", folder / "data/finland-2014")
    shutil.copytree(ROOT / "examples/finland-full", folder / "examples/finland-full")
    return folder / "examples/finland-full/programme.toml"


class Server:
    """`kontor serve` on loopback and a free port, ended with the block by its process id."""

    def __init__(self, kontor, folder, *arguments):
        self.process = subprocess.Popen([kontor, "serve", str(folder), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        self.address = self.process.stdout.readline().strip() if ready else ""
        if not re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32}", self.address):
            self.process.kill()
            sys.exit(f"no address: {self.address!r} {self.process.communicate()[1]}")
        self.root = self.address.split("?")[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()


class Browser:
    """Chromium without a window; every look waits until the thing is there."""

    def __init__(self, downloads, width=1400, height=1000):
        from selenium import webdriver
        from selenium.webdriver.chrome.options import Options
        from selenium.webdriver.chrome.service import Service

        options = Options()
        options.binary_location = CHROMIUM
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service(DRIVER), options=options)
        self.downloads = downloads
        self.resize(width, height)
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(downloads)})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def resize(self, width, height=1000):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def until(self, what, seconds, look):
        """The first true answer of `look`; a page that is drawn anew under the look is looked at again."""
        from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found = look()
                if found:
                    return found
            except (NoSuchElementException, StaleElementReferenceException):
                pass
            time.sleep(0.05)
        raise AssertionError(f"after {seconds} s still not: {what}")

    def one(self, css, seconds=20):
        return self.until(css, seconds, lambda: self.driver.find_element("css selector", css))

    def all(self, css):
        return self.driver.find_elements("css selector", css)

    def text(self, css="main"):
        return self.script("return document.querySelector(arguments[0])?.innerText ?? ''", css)

    def named(self, css, name, seconds=20):
        """The element whose text holds the name."""
        return self.until(f"{css} with '{name}'", seconds, lambda: next((e for e in self.all(css) if name in e.text), None))

    def press(self, element):
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def choose(self, css, value):
        """A choice of a list, as a user makes it."""
        self.one(css)
        self.script("const e = document.querySelector(arguments[0]); e.value = arguments[1];"
                    "e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true}))", css, str(value))

    def fill(self, css, value):
        """Text typed over what was there, and left."""
        from selenium.webdriver.common.keys import Keys

        field = self.one(css)
        self.script("arguments[0].scrollIntoView({block: 'center'})", field)
        field.click()
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(value, Keys.TAB)

    def downloaded(self, name, seconds=20):
        path = Path(self.downloads) / name
        self.until(f"download of {name}", seconds, lambda: path.exists() and not Path(f"{path}.crdownload").exists())
        return path

    def complaints(self):
        """What the console says: broken content policy, missing files, exceptions."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]


def numbers_of(path):
    """{(indicator, region, year, term): value} of effects.csv: totals of regions."""
    import csv

    with open(path, newline="", encoding="utf-8") as file:
        return {(r["indicator"], r["region"], r["year"], r["term"]): float(r["value"])
                for r in csv.DictReader(file) if not (r["sector"] or r["partner"] or r["measure"]) and r["value"]}


def run(kontor, programme, out):
    subprocess.run([kontor, "run", str(programme), "--out", str(out), "--quiet"], check=True, capture_output=True)
    return json.loads((out / "about.json").read_text()), numbers_of(out / "effects.csv")
