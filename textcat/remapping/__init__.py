"""A tree of categories that changes under a model: what can be carried over, is.

A change gives a new tree, and for every old category its node there (`textcat.tree.changes`,
`textcat.tree.diff`); the rest is the same for all changes::

    machines   linear machines as columns, and how they add up
    recipes    which old machines make up a new one
    titles     machines for what has no rows
    carrying   all of these: a fitted tree for the changed tree
    report     what came of it
    remapped   a model for the changed tree, with its certificates and corrections
    editing    what a model offers: add_category, rename, move, merge, retire, remap
"""
