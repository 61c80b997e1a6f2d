"""From features with known categories to a fitted tree.

::

    linear_trees  the models of every slot, in parallel; how, is up to `textcat.solvers`
    calibration   temperature and trust, on held-out rows
    classifier    the same as a scikit-learn estimator
"""
