"""Kliping's index patterns, saved searches and dashboards for OpenSearch Dashboards, and how they get there."""
