"""A new process up to its first answer: `python -m costs.first_answer SYSTEM DIRECTORY NAME`.

The modules of the benchmark that it imports are those of the system alone. The last line that it
writes is JSON: seconds of every stage, and which heavy libraries have been imported.
"""

from time import perf_counter

start = perf_counter()

import sys  # noqa: E402

system, directory, name = sys.argv[1:]
if system == "textcat":  # what its users write
    import textcat

    load = textcat.load
    imported = perf_counter()
    model = load(directory)
    loaded = perf_counter()
    model.predict(name, precision=None)
else:
    from pathlib import Path

    from peers import make

    made = make(system)
    imported = perf_counter()
    made.load(Path(directory))
    loaded = perf_counter()
    made.predict([name])
answered = perf_counter()

import json  # noqa: E402

HEAVY = ("sklearn", "nltk", "pandas", "torch", "matplotlib", "joblib", "numba")
found = {
    "import": imported - start,
    "load": loaded - imported,
    "answer": answered - loaded,
    "heavy": [module for module in HEAVY if module in sys.modules],
}
sys.stdout.write("\n" + json.dumps(found) + "\n")
