/** All predictions cut at a precision level: how many are answered, and which are shown. */

import { depth } from "./precision.js";
import { folded } from "./wording.js";

/** How deep a name is answered: at a leaf, above one, or not at all. */
export function kindOf(row, level) {
  const reached = depth(row, level);
  if (!reached) return "none";
  return reached === row.shares.length ? "leaf" : "above";
}

/**
 * @param {import("./predictions.js").Row[]} rows
 * @param {import("./precision.js").PrecisionLevel} level
 * @returns {{all: number, leaf: number, above: number, none: number}}
 */
export function count(rows, level) {
  const counts = { all: rows.length, leaf: 0, above: 0, none: 0 };
  for (const row of rows) counts[kindOf(row, level)]++;
  return counts;
}

/**
 * The rows of a kind with a text in their name or their categories.
 *
 * @param {"all" | "leaf" | "above" | "none"} kind
 * @param {string} text
 */
export function choose(rows, level, kind, text) {
  const wanted = folded(text.trim());
  return rows.filter(
    (row) => (kind === "all" || kindOf(row, level) === kind) && speaksOf(row, wanted),
  );
}

function speaksOf({ name, categories }, wanted) {
  if (!wanted) return true;
  return [name, ...categories.map(({ title }) => title)].some((text) =>
    folded(text).includes(wanted),
  );
}
