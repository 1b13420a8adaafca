"""The Recommend tab."""
