"""Fitting the models that the package ships. Run by ``scripts/train``; never needed to use the package."""
