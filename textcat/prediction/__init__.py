"""From names to answers.

::

    scoring      names -> nodes and probabilities, batch by batch
    parallel     the same in several processes
    answers      nodes and probabilities -> what is answered at every precision level
    candidates   the most probable categories
    explanation  which words spoke for and against
    display      answers for the eye
    explanation_display, explanation_plot  the same for explanations
"""
