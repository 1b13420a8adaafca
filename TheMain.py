"""SecretRec: private, federated recommendation on SecretFlow. Without arguments it opens the window; see --help."""

import sys

from fl.cli.main import main
from fl.cli.output import leave

if __name__ == "__main__":
    leave(main(sys.argv[1:]))
