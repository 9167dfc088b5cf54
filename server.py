"""Start Zhospar's server: ``python server.py``; settings come from the environment (see README.md).
"""

import sys

from kg.web.serve import main

if __name__ == "__main__":
    sys.exit(main())
