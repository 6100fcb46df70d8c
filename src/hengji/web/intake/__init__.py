"""Files that departments send in: matching and auditing (收件与读报告)."""
