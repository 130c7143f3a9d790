"""Tourist sites and visitor figures."""
