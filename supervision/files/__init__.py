"""Stored blobs by SHA-256, attachments and checked downloads.

No media URL; nothing here decides who may read a file.
"""
