"""The words by which the server says, after a round, how all members go on."""

from typing import Final

GO_ON: Final = "go on"
REGROUP: Final = "regroup"  # end the session here: the next one has more members
STOP: Final = "stop"  # end the training here and keep the model
