#!/usr/bin/env python3
"""The checker must see each kind of violation: every case is a small tree with one wrong line."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_arrows  # noqa: E402

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "arrows.txt")


def violations(files):
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        return check_arrows.violations_of(root, TABLE)


class Arrows(unittest.TestCase):
    def refuses(self, path, text, where, reason):
        found = violations({path: text})
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(f"{path}:{where}: "), found[0])
        self.assertIn(reason, found[0])

    def allows(self, path, text):
        self.assertEqual(violations({path: text}), [])

    def test_refuses_an_arrow_that_points_outwards(self):
        self.refuses("host/model/a.cpp", '\n#include "host/store/store.hpp"\n', 2, "host/model may not include host/store")
        self.refuses("host/mapping/a.hpp", '#include "host/routing/rules.hpp"\n', 1, "may not include host/routing")
        self.refuses("host/store/sqlite/a.cpp", '#include "host/config/yaml.hpp"\n', 1, "may not include host/config")

    def test_allows_an_arrow_that_points_inwards(self):
        self.allows("host/store/sqlite/a.cpp", '#include "host/pipeline/store.hpp"\n#include "host/store/sqlite/b.hpp"\n')
        self.allows("host/app/a.cpp", '#include "host/store/sqlite/b.hpp"\n#include "plugins/causeway_plugin.h"\n')

    def test_adapters_see_the_contract_only(self):
        self.refuses("adapters/courts/a.cpp", '#include "host/base/text.hpp"\n', 1, "may not include host/base")
        self.refuses("adapters/courts/a.cpp", '#include "adapters/cps/b.hpp"\n', 1, "may not include adapters/cps")
        self.refuses("plugins/sdk/a.cpp", '#include "host/base/text.hpp"\n', 1, "may not include host/base")
        self.allows("adapters/courts/a.cpp", '#include "causeway/sdk.hpp"\n#include "adapters/courts/b.hpp"\n')

    def test_a_library_stays_in_its_folder_and_out_of_headers(self):
        self.refuses("host/store/a.cpp", "#include <yaml-cpp/yaml.h>\n", 1, "belongs to host/config only")
        self.refuses("host/config/a.hpp", "#include <yaml-cpp/yaml.h>\n", 1, "in a header")
        self.refuses("host/base/a.cpp", "#include <unknown/library.hpp>\n", 1, "of no library in the table")
        self.allows("host/config/a.cpp", "#include <yaml-cpp/yaml.h>\n#include <fmt/core.h>\n#include <vector>\n")

    def test_pure_folders_touch_nothing(self):
        for header in ("thread", "mutex", "fstream", "filesystem", "iostream", "sys/socket.h"):
            self.refuses("host/care/a.cpp", f"#include <{header}>\n", 1, "in a pure folder")
        self.refuses("host/care/a.cpp", "auto t = std::chrono::steady_clock::now();\n", 1, "reads a clock")

    def test_the_wall_clock_is_read_in_one_file(self):
        self.refuses("host/app/a.cpp", "x = std::chrono::system_clock::now();\n", 1, "reads the wall clock")
        self.refuses("host/app/a.cpp", "x = time(nullptr);\n", 1, "reads the wall clock")
        self.allows("host/base/clock.cpp", "x = std::chrono::system_clock::now();\n")
        self.allows("host/app/a.cpp", "x = std::chrono::steady_clock::now();\n")

    def test_includes_are_written_from_the_root(self):
        self.refuses("host/base/a.cpp", '#include "text.hpp"\n', 1, "not written from the root")

    def test_files_stay_short(self):
        self.refuses("host/base/a.cpp", "//\n" * 301, 301, "the limit is 300")
        self.allows("host/base/a.cpp", "//\n" * 300)

    def test_no_unfinished_words_and_no_machine_paths(self):
        self.refuses("host/base/a.cpp", "// TO" "DO later\n", 1, "unfinished")
        self.refuses("tests/x.sh", "cd /home/" "someone\n", 1, "a path of one machine")


if __name__ == "__main__":
    unittest.main()
