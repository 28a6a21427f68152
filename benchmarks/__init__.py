"""Measurements that anyone can rerun: quality against annotated documents, speed and memory."""
