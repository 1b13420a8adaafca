"""The federation: how SecretFlow is started, what crosses a party boundary, jobs, run folders, engine, command line.

Import-light on purpose: the window imports `fl.protocol` and `fl.settings` and must not pay for TensorFlow.
"""

from fl.lean_start import leave_out_unused

# Here, because a party's process imports `fl` before SecretFlow, wherever it begins.
leave_out_unused()
