"""`python -m fl.engine`: the engine on standard input and output."""

import sys

from fl.engine.engine import main

if __name__ == "__main__":
    sys.exit(main())
