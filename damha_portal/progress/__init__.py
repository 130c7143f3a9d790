"""Plans, targets, metrics, measurements and their explanation."""
