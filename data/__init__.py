"""From files to per-party arrays: registry, download, readers, split, negative sampling, partition.

Kept import-light on purpose: the window imports `data.registry` and must not pay for pandas.
"""
