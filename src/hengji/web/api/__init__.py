"""The interface for other programs (数据接口)."""
