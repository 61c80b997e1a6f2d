"""Learning from moderation: a model that takes corrections at once, without being refitted.

A fitted model is read-only, so learning makes another one, which shares with it whatever stays as
it was::

    corrections  rows to learn -> what is kept with the model, and how they overrule a catalogue
    words        a vocabulary grown by words that it has never met
    leaves       room for categories that nothing could be answered with yet
    machines     at one slot: the least change that puts rows on their side
    updating     at all slots on the ways of the rows, until every one is answered right
    learner      all of these: a model and rows -> another model
    refining     what a model offers of it
    ascending    what the others need of arrays
    outcome      how the rows are answered before and after
"""
