"""``python -m tests.conformance > docs/conformance.md``: run the W3C's tests, and print the page.

Exit code 2 where the tests are not on this machine.
"""

import sys

from tests.conformance.defects import read_defects
from tests.conformance.report import write_report
from tests.conformance.run import GRAPH_STORE_READS, run_all
from tests.conformance.suite import find_tests


def main() -> int:
    """Run all cases, print the page; on the error stream, what failed."""
    folder = find_tests()
    if folder is None:
        sys.stderr.write("The W3C's tests are not in ../shared/w3c, nor where KG_W3C says.\n")
        return 2
    outcomes = run_all(folder)
    for outcome in outcomes:
        if outcome.status == "failed":
            sys.stderr.write(f"{outcome.suite}: {outcome.case}: {outcome.found}\n")
    sys.stdout.write(write_report(outcomes, read_defects(), GRAPH_STORE_READS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
