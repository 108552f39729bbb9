"""Rejoinder: who offered what to whom, and what was the answer?"""
