"""Home pages of leaders and officers."""
