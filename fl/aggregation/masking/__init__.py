"""Secure aggregation with masks that cancel, drop-outs recovered, and sums that every party can check.

Plain objects that exchange frozen messages: nothing here knows SecretFlow, Ray or a network. `client` is what a party
runs, `server` what the server runs, `verification` the check of the server's sum; `ring`, `masks`, `keys` and `shamir`
are their tools.

Sources: Bonawitz et al., "Practical Secure Aggregation for Privacy-Preserving Machine Learning", CCS 2017 (masks,
shares, double-mask rule, figure 4); Freivalds, "Probabilistic machines can use less running time", IFIP 1977 (checking
a sum by random linear forms).
"""
