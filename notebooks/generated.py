"""Files that are made from sources: find those that are no longer what their sources make, and write them anew."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def find_changed(wanted, present):
    """Return the paths of the files that are missing, differ from what is wanted, or are wanted no longer.

    `wanted` is a dict from path to text, `present` are the paths of the files that lie there.
    """
    changed = {path for path in present if path in wanted and path.read_bytes() != wanted[path].encode()}
    return sorted(changed | (set(present) ^ set(wanted)))


def write_changed(wanted, present):
    """Write the files that have changed anew, remove those that are wanted no longer, and return the paths of both."""
    changed = find_changed(wanted, present)
    for path in changed:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path].encode())  # bytes: Windows would write other line ends
        else:
            path.unlink()
    return changed


def run(description, find_outdated, write_anew):
    """Do what the command line asks for, and end Python."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 if something is outdated")
    check = parser.parse_args().check
    outdated = find_outdated() if check else write_anew()
    for path in outdated:
        print("outdated:" if check else "written:", path.relative_to(ROOT).as_posix())
    sys.exit(bool(check and outdated))
