/** The way to a category as an element: every level with its probability, what is unsure greyed. */

import { make, spoken } from "./make.js";
import { percent } from "./wording.js";

/**
 * @param {import("./predictions.js").Row} row
 * @param {number} reached - how many levels are answered
 */
export function way({ categories, shares }, reached) {
  const levels = categories.map(({ title }, at) => step(title, shares[at], at, reached));
  return make("span", { class: "way" }, ...levels);
}

function step(title, share, at, reached) {
  const kind = at >= reached ? "unsure" : at === reached - 1 ? "answer" : "above";
  return make(
    "span",
    { class: `step ${kind}` },
    at > 0 ? make("span", { class: "arrow", "aria-hidden": "true" }, " › ") : null,
    at > 0 && at === reached ? spoken("ниже нужной точности: ") : null,
    make("span", { class: "title" }, title),
    " ",
    make("small", {}, percent(share)),
  );
}
