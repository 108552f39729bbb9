"""Charts as geometry: pure functions from counts to frozen shapes, which templates draw as SVG.

Lengths across are in units of a plot's width (a percentage on a page, where a chart is as wide as there is room), down
in pixels from the plot's top.
"""
