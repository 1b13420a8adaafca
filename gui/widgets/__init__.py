"""Building blocks that know nothing of training: cards, tables, pickers, messages."""
