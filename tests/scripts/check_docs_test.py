"""The docs checker against a small project with a stand-in for the program."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_docs.py"

STAND_IN = """#!/bin/sh
case "$1" in
  measures) echo '[{"name": "contract", "fields": [{"name": "id"}]}]' ;;
  models) echo '{"models": [{"name": "leontief"}]}' ;;
  formats) echo '[{"name": "long"}]' ;;
  indicators) echo '[{"name": "backward_linkage", "page": "linkages"}]' ;;
  check) [ -e "$2" ] || { echo "error[file] $2: cannot open" >&2; exit 5; }
         wrong=$(grep -n wrong "$2") && { echo "note[odd] $2:1: odd"; echo "error[field] $2:${wrong%%:*}: a wrong line"; exit 3; }
         echo "0 errors" ;;
  run) echo "first"; echo "output 12.5 million"; echo "last"; mkdir made ;;
  *) exit 2 ;;
esac
"""


class Docs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.write("kontor", STAND_IN).chmod(0o755)
        self.write("README.md", "# Name\n\nSee [the docs](docs/index.md#what-it-is) and [elsewhere](https://example.org).\n")
        self.write("docs/index.md", "# Index\n\n## What it *is*\n\n[back](../README.md)\n")
        self.write("docs/methods/contract.md", "# contract\n")
        self.write("docs/methods/leontief.md", "# leontief\n")
        self.write("docs/methods/linkages.md", "# Linkages\n\n`backward_linkage`: how strongly a cell pulls\n")
        self.write("docs/formats.md", "# Formats\n\n## `long`: one row per flow\n")
        self.write("examples/a.toml", "x = 1\n")

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def page(self, block):
        self.write("docs/tutorial.md", f"# Tutorial\n\n```console\n{block}\n```\n")

    def check(self, program=True):
        command = [sys.executable, SCRIPT, "--root", self.root] + (["--kontor", self.root / "kontor"] if program else [])
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def assert_fine(self):
        code, text = self.check()
        self.assertEqual(code, 0, text)

    def assert_reported(self, *words):
        code, text = self.check()
        self.assertEqual(code, 1, text)
        for word in words:
            self.assertIn(word, text)

    def test_a_project_whose_docs_are_true_passes(self):
        self.page("$ kontor check examples/a.toml\n0 errors\n$ ls nothing-here\n$ kontor run x && ls made\nfirst\n...\nlast")
        self.assert_fine()

    def test_a_link_that_leads_nowhere_is_reported_with_its_line(self):
        self.write("docs/more.md", "# More\n\n[x](gone.md)\n")
        self.assert_reported("docs/more.md:3:", "gone.md")

    def test_a_link_to_a_heading_that_is_not_there_is_reported(self):
        self.write("docs/more.md", "# More\n\n[x](index.md#nowhere)\n")
        self.assert_reported("docs/more.md:3:", "no such heading")

    def test_links_inside_code_are_not_links(self):
        self.write("docs/more.md", "# More\n\n```\n[x](gone.md)\n```\n`[y](gone.md)`\n")
        self.assert_fine()

    def test_a_command_that_fails_is_reported(self):
        self.page("$ kontor check nothing.toml")
        self.assert_reported("docs/tutorial.md:4:", "exits 5, not 0")

    def test_a_stated_exit_code_is_held(self):
        self.page("$ kontor check nothing.toml  # exits 5\nerror[file] nothing.toml: ...")
        self.assert_fine()
        self.page("$ kontor check nothing.toml  # exits 3")
        self.assert_reported("exits 5, not 3")

    def test_output_that_is_not_printed_is_reported(self):
        self.page("$ kontor run x\noutput 13.5 million")
        self.assert_reported("docs/tutorial.md:4:", "output 13.5 million")

    def test_output_lines_keep_their_order(self):
        self.page("$ kontor run x\nlast\nfirst")
        self.assert_reported("'first'")

    def test_a_command_over_two_lines_is_one_command(self):
        self.page("$ kontor run \\\n    x\nfirst")
        self.assert_fine()

    def programme(self, *blocks):
        self.write("examples/e/accounts/datapackage.json", "{}")
        self.write("docs/programme.md", "# A programme\n\n" + "\nWords.\n\n".join(f"```toml\n{block}\n```\n" for block in blocks))

    def test_the_blocks_of_a_page_are_one_programme_beside_the_accounts_that_it_names(self):
        self.programme('[programme]\naccounts = "accounts"', "[[measure]]")
        self.assert_fine()

    def test_an_error_of_the_programme_is_reported_with_its_line_on_the_page(self):
        self.programme('[programme]\naccounts = "accounts"', "[[measure]]\nwrong = 1")
        self.assert_reported("docs/programme.md:12: error[field]", "a wrong line")

    def test_a_programme_whose_accounts_are_nowhere_is_reported(self):
        self.programme('[programme]\naccounts = "elsewhere"')
        self.assert_reported("docs/programme.md:4:", "'elsewhere'")

    def test_toml_that_nothing_can_check_is_reported(self):
        self.programme("[[measure]]")
        self.assert_reported("docs/programme.md:4:", "nothing can check it")

    def test_accounts_made_by_a_command_of_the_page_will_do(self):
        self.write("docs/programme.md", "# P\n\n```console\n$ kontor run x && mkdir made/a && touch made/a/datapackage.json\n```\n"
                                        '```toml\n[programme]\naccounts = "made/a"\n```\n')
        self.assert_fine()

    def test_the_pages_of_the_examples_are_read_too(self):
        self.write("examples/README.md", "# Examples\n\n[x](gone.md)\n")
        self.assert_reported("examples/README.md:3:", "gone.md")

    def test_a_measure_without_a_page_is_reported(self):
        (self.root / "docs/methods/contract.md").unlink()
        self.assert_reported("docs/methods/contract.md: missing")

    def test_an_indicator_whose_page_does_not_name_it_is_reported(self):
        self.write("docs/methods/linkages.md", "# Linkages\n\n`backward_linkage_normalised`\n")
        self.assert_reported("docs/methods/linkages.md: does not name 'backward_linkage'")
        (self.root / "docs/methods/linkages.md").unlink()
        self.assert_reported("docs/methods/linkages.md: missing")

    def test_a_format_without_a_section_is_reported(self):
        self.write("docs/formats.md", "# Formats\n\n## longer\n")
        self.assert_reported("no section named 'long'")

    def test_without_the_program_only_links_are_checked(self):
        self.page("$ kontor check nothing.toml")
        self.assertEqual(self.check(program=False)[0], 0)


if __name__ == "__main__":
    unittest.main()
