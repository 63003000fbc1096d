"""Two types of one name are seen; hidden ones, members and forward declarations are not types of that kind."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_names.py"


class Names(unittest.TestCase):
    def check(self, **files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                file = Path(folder) / "src" / (name + ".cpp")
                file.parent.mkdir(exist_ok=True)
                file.write_text("namespace kontor {\n\n" + text + "\n}  // namespace kontor\n")
            done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True)
            return done.returncode, done.stdout + done.stderr

    def test_a_second_type_of_the_same_name_is_reported_with_both_places(self):
        code, text = self.check(a="struct Labels {\n  int x;\n};", b="class Labels final : public Base {\n};")
        self.assertEqual(code, 1, text)
        self.assertIn("src/b.cpp:3", text)
        self.assertIn("src/a.cpp:3", text)

    def test_a_type_in_an_anonymous_namespace_is_nobody_elses(self):
        hidden = "namespace {\n\nstruct Labels {\n  int x;\n};\n\n}  // namespace\n"
        code, text = self.check(a=hidden, b=hidden, c="struct Labels {};")
        self.assertEqual(code, 0, text)

    def test_after_an_anonymous_namespace_types_count_again(self):
        code, text = self.check(a="namespace {\nstruct A {};\n}  // namespace\n\nstruct B {};", b="struct B {};")
        self.assertEqual(code, 1, text)

    def test_declarations_and_members_do_not_count(self):
        code, text = self.check(a="struct A;\nstruct B {\n  struct Item {\n  };\n};", b="struct A;\nstruct C {\n  struct Item {\n  };\n};")
        self.assertEqual(code, 0, text)


if __name__ == "__main__":
    unittest.main()
