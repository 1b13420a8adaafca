"""SecretRec: private, federated recommendation on SecretFlow. Without arguments it opens the window; see --help."""

import sys

from fl.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
