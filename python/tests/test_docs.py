"""The pages say what happens: every ```pycon block is run, in the order of its page, and must print what stands below it."""
import doctest
import os
import re

import pytest

from conftest import SOURCE

PAGES = ["docs/python.md", "docs/coming-from-pymrio.md"]


def script_of(text):
    """The page with nothing but its code: a line of the script is the line of the page."""
    kept, inside = [], False
    for line in text.splitlines():
        if line.startswith("```"):
            inside = line.strip() == "```pycon"
            kept.append("")
        else:
            kept.append(line if inside else "")
    return "\n".join(kept) + "\n"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_prints_what_it_says(page, tmp_path, monkeypatch):
    for name in ("data", "examples"):
        os.symlink(SOURCE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    script = script_of((SOURCE / page).read_text(encoding="utf-8"))
    assert script.count(">>> ") >= 8
    test = doctest.DocTestParser().get_doctest(script, {}, page, str(SOURCE / page), 0)
    told = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)


def test_the_tutorial_has_ten_steps():
    assert re.findall(r"^## (\d+)\. ", (SOURCE / "docs/python.md").read_text(), re.MULTILINE) == [str(k) for k in range(1, 11)]
