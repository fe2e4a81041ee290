"""Keep the pages of reports as they look now; the test of tests/reports/golden compares with these pictures.

Run as `make golden` after looking at the pages that changed; names may follow: `python -m tools.golden gaps`.
"""

import sys

from tests.support.golden import PAGES, keep


def main(wanted: list[str]) -> int:
    """Draw the wanted pages, or all; 2 for a page that there is not."""
    unknown = [each for each in wanted if each not in PAGES]
    if unknown:
        print(f"no such page: {', '.join(unknown)}; there are {', '.join(PAGES)}", file=sys.stderr)
        return 2
    for name in wanted or PAGES:
        print(keep(name, PAGES[name]()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
