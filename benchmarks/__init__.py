"""Programs that measure: accuracy, speed, memory, bytes. Run each with --help. Results are in docs/benchmarks.md."""
