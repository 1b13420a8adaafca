"""TensorFlow, for the modules that compute with it.

Importing it takes two seconds of processor time and 200 MB. So only the modules of TensorFlow functions import it, and
only a model's methods import those: the process that hands out the work, the server, and a party that trains FCF or
FedRAP never do.
"""

from __future__ import annotations

import tensorflow as tf

from models import threads

__all__ = ["tf"]

try:
    tf.config.threading.set_intra_op_parallelism_threads(threads.most())
    tf.config.threading.set_inter_op_parallelism_threads(1)
except RuntimeError:
    # Somebody ran TensorFlow in this process before and so decided how many threads it has.
    pass
