"""Bulk answers and vectors on an engine that the user already has.

- `textcat.integrations.spark`: columns of a Spark DataFrame, a function for SQL.
- `textcat.integrations.dask`: columns of a Dask DataFrame, a Bag of answers, an Array of vectors.

Both go the same way. What is asked is checked before anything starts, and becomes a `Question`: a
few plain values, which say where the model is on disk, and travel with every task. Every worker
opens the model once and maps its files, so that all workers of a host share its memory. A model
that workers cannot see is packed and sent to each host or worker once, by the engine's own means.
What comes back are plain columns; the answers are those of `CategoryModel.predict`, bit for bit.

The engines are only imported by their modules.
"""
