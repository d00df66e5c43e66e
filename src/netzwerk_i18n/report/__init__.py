"""Figures and findings for people and programs: one format a module."""
