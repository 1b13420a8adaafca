"""Words that a person reads: translation, numbers and times, the sentences of the engine."""
