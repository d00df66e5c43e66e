"""Untranslated messages -> drafts: what is sent to an engine, what of its answer is trusted, and what needs no engine.

A draft is never the last word. It keeps its source's markup, says where it comes from, and gives way to any person.
"""
