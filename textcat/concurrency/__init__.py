"""Side by side: threads, processes and whatever joblib hands work to.

::

    calculated  an attribute that is calculated once, and that no thread waits for
    locks       a lock that a process can be forked under
    jobs        tasks for whatever backend of joblib's the caller has chosen
"""
