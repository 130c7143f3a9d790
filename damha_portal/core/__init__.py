"""The kernel: imports nothing else of ours."""
