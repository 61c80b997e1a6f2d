"""From features to categories: the one descent that every answer derives from.

::

    slots        what can be chosen: the part of a tree that was fitted
    branches     the linear models of one slot
    trust        how far the best child of a slot is to be trusted
    search       which slots are opened for a row, and in which order
    finds        what is kept of a search
    linear_tree  all of these as a fitted tree that answers
"""
