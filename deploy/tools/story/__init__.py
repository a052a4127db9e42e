"""The whole story, played through the gateway as the people of it would.

What `commonthread demo` shows and the end-to-end tests check.
"""
