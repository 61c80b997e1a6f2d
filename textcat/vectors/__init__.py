"""Names as dense vectors: what a model says of them, as points that can be compared.

A vector has two parts, one added to the other. The first one is what the model makes of the name:
every category that is likely for it has a direction of its own, and goes in with the square root of
its probability, on all levels. So names of one category lie together, and those of siblings, which
share the categories above them, closer than those of strangers. The second one, half as long, is
the name's own words, weighed as the model weighs them: it tells goods of one category apart, and
carries over to trees that the model has never heard of.

Directions are made from the id of a category and the text of a feature by hashing, so that nothing
is trained or stored for them, and they are the same in every process and in every model::

    directions    a key -> its direction
    space         how long vectors are, and the keys of a model's categories
    likely        a search for all categories that are likely for a name
    name_vectors  features and what a tree says of them -> vectors
    encoding      what a model offers of it: encode, encode_categories
    name_encoder  the same as a scikit-learn transformer

That hardly anything is lost on the way to so few dimensions is Johnson and Lindenstrauss's lemma;
that signs drawn at random will do for it, Achlioptas's (2003).
"""
