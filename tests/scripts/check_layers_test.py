"""A planted violation is seen, with file, line and rule; the tree as it stands has none."""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "check_layers.py"


def run(root):
    done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


class Layers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        for name in ("src", "include", "cli"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.root / name)
        self.plant("src/model/private.h", "#pragma once\n")

    def tearDown(self):
        self.folder.cleanup()

    def plant(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def assert_reported(self, place, *words):
        code, text = run(self.root)
        self.assertEqual(code, 1, text)
        lines = [line for line in text.splitlines() if line.startswith(place)]
        self.assertEqual(len(lines), 1, text)
        for word in words:
            self.assertIn(word, lines[0])

    def test_the_tree_as_it_stands_keeps_the_order(self):
        code, text = run(ROOT)
        self.assertEqual(code, 0, text)
        code, text = run(self.root)
        self.assertEqual(code, 0, text)

    def test_a_layer_that_looks_to_its_right_is_reported(self):
        self.plant("src/base/planted.cpp", '#include <vector>\n\n#include "kontor/accounts/accounts.h"\n')
        self.assert_reported("src/base/planted.cpp:3:", "accounts", "base includes only itself")

    def test_a_private_header_to_the_right_is_reported_however_it_is_written(self):
        self.plant("src/read/planted.cpp", '#include "model/private.h"\n')
        self.assert_reported("src/read/planted.cpp:1:", "of model", "read includes only itself")
        self.plant("src/read/planted.cpp", '#  include "../model/private.h"\n')
        self.assert_reported("src/read/planted.cpp:1:", "of model")

    def test_a_public_header_keeps_the_order_too(self):
        self.plant("include/kontor/trade/planted.h", '#pragma once\n#include "kontor/report/result.h"\n')
        self.assert_reported("include/kontor/trade/planted.h:2:", "of report")

    def test_a_public_header_never_includes_a_private_one(self):
        self.plant("include/kontor/model/planted.h", '#pragma once\n#include "model/private.h"\n')
        self.assert_reported("include/kontor/model/planted.h:2:", "public headers only")

    def test_the_command_line_uses_public_headers_only(self):
        self.plant("cli/planted.cpp", '#include "kontor/kontor.h"\n#include "model/private.h"\n')
        self.assert_reported("cli/planted.cpp:2:", "cli/ uses the public headers")

    def test_a_folder_that_is_no_layer_is_reported(self):
        self.plant("src/utilities/planted.cpp", "int x;\n")
        self.assert_reported("src/utilities/planted.cpp:1:", "is no layer")

    def test_left_own_and_system_headers_are_fine(self):
        self.plant("src/report/planted.cpp", '#include <map>\n#include "kontor/base/csv.h"\n#include "model/private.h"\n#include "near.h"\n')
        self.plant("src/report/near.h", "#pragma once\n")
        self.plant("src/kontor.cpp", '#include "report/near.h"\n#include "kontor/report/result.h"\n')
        code, text = run(self.root)
        self.assertEqual(code, 0, text)


if __name__ == "__main__":
    unittest.main()
