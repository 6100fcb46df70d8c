"""What was scored, kept for boards and statistics (得分摘要)."""
