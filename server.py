"""Start Zhospar's server: ``python server.py``; its settings come from the environment."""

import sys

from kg.web.serve import main

if __name__ == "__main__":
    sys.exit(main())
