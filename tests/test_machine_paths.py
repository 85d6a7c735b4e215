"""No file names a folder of one machine or a host of one network."""

from __future__ import annotations

import re

from tests.test_documents import shipped

FOLDERS = ("work", "tmp", "home", "root", "Users")
PATHS = re.compile(rf"(?<![\w.$}}{{/-])/(?:{'|'.join(FOLDERS)})/[\w.-]+")
HOSTS = re.compile(
    r"(?:index-url|extra-index-url|find-links|trusted-host|[\w-]*(?:mirror|proxy|artifactory|nexus)[\w-]*\.[a-z]{2,})",
    re.I,
)


def test_a_path_of_a_machine_would_be_found() -> None:
    folder = "/".join(["", "tmp", "graph"])
    assert PATHS.search(f"in {folder}")
    assert not PATHS.search("https://example.org/work/x")
    assert not PATHS.search("../tmp/x and ./home/y")


def test_no_file_names_a_path_of_a_machine() -> None:
    found = [
        f"{path.name}: {match[0]}" for path in shipped() for match in PATHS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_file_names_a_package_index() -> None:
    found = [
        f"{path.name}: {match[0]}"
        for path in shipped()
        if path.name != "test_machine_paths.py"
        for match in HOSTS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
