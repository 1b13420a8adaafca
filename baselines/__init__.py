"""Recommenders without federation, to measure the federated ones against. They run in the driver, on raw data."""
