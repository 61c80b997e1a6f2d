"""From names to features: numbers that a linear model can weigh.

::

    extraction   tokens -> features of one chunk of a name, as texts
    chunks       chunks that come again are not read again
    vocabulary   features as texts -> numbers and weights
    reading      all names of a catalogue -> a vocabulary and a matrix
    name_reader  names -> rows of a matrix, with a vocabulary that is there
    vectorizer   the same as a scikit-learn transformer
"""
