"""The one look of everything that is shown.

::

    markup    pieces of HTML for notebooks: figures, tables, bars, what opens and closes
    canvas    what plots are drawn on; needs matplotlib
    progress  how far something is, in a terminal or a notebook

What shows something in particular lies beside it: `tree.browser`, `prediction.display`,
`prediction.explanation_plot`, `precision.display`, `evaluation.display`, `shift.display`,
`catalogue.display`, `auditing.display`, `model.display`, `model.embedding_map`.
"""
