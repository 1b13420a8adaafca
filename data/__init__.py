"""The way from a data set's files to each party's arrays: registry, download, readers, split, negatives, partition.

Kept import-light on purpose: the window imports `data.registry` and must not pay for pandas.
"""
