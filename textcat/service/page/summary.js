/** How many names were answered: a sentence, a bar, and buttons that show only some. */

import { bar, choice, find, make } from "./make.js";
import { level as named, names, number } from "./wording.js";

const LABELS = {
  all: "Все",
  leaf: "До конечной",
  above: "Выше",
  none: "Без ответа",
};

/**
 * @param {{all: number, leaf: number, above: number, none: number}} counts
 * @param {import("./precision.js").PrecisionLevel} level
 * @param {string} shown - the kind of names that the table shows
 */
export function showSummary(counts, level, shown) {
  find("#results-title").textContent =
    level.certified === false
      ? "Самые вероятные категории"
      : `Категории при точности ${named(level.precision)}`;
  find("#summary").textContent = sentence(counts);
  find("#shares").replaceChildren(
    ...["leaf", "above", "none"].map((kind) => bar(counts[kind] / (counts.all || 1), kind)),
  );
  const fieldset = find("#shown");
  if (!fieldset.elements.length) fieldset.append(...Object.keys(LABELS).map(button));
  for (const input of fieldset.elements) {
    input.checked = input.value === shown;
    input.parentElement.querySelector(".count").textContent = number(counts[input.value]);
  }
}

/** «Из 120 названий с ответом 90: 60 до конечной категории, 30 до категории выше. Без ответа 30.» */
export function sentence({ all, leaf, above, none }) {
  const total = `${names(all)}: с ответом – ${number(leaf + above)}`;
  const depths =
    leaf + above
      ? ` (до конечной категории – ${number(leaf)}, до категории выше – ${number(above)})`
      : "";
  return `${total}${depths}, без ответа – ${number(none)}.`;
}

function button(kind) {
  const label = choice("shown", kind, LABELS[kind], kind === "all");
  label.classList.add(kind);
  label.lastElementChild.append(" ", make("span", { class: "count" }));
  return label;
}
