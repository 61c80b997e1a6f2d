"""The starter model: a tree of a general marketplace, and a language from which names are made.

sources   the files in data/, read and checked
language  how sellers name what stands in a leaf
hands     in which order and how short names are written
slips     abbreviations, glued units, slips of the pen
writing   language and hands -> names
building  names -> a certified model
default   the model in the user's cache folder, built when it is first asked for
"""
