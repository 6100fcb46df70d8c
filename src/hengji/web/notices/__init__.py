"""Notices, deadlines, reminders and the board (通知下达与进度)."""
