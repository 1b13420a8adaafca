"""The Privacy tab."""
