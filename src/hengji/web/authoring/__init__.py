"""Indicator systems edited, tried and published as versions (指标体系)."""
