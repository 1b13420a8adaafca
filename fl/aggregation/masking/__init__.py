"""Secure aggregation with masks that cancel, drop-outs recovered, and sums that every party can check.

Plain objects that exchange frozen messages: nothing here knows SecretFlow, Ray or a network. `client` is what a party
runs, `server` what the server runs, `checking` the check of the server's sum; `ring`, `masks`, `keys` and `shamir` are
their tools.

Source: Bonawitz et al., "Practical Secure Aggregation for Privacy-Preserving Machine Learning", CCS 2017 (masks,
shares, double-mask rule, consistency of the survivors, figure 4).
"""
