/** Why: what every word said for the category taken, level by level, against the rival. */

import { make, spoken } from "./make.js";

/**
 * @param {{levels: {title: string, rival: string, words: {text: string, weight: number}[]}[],
 *   unknown: string[]}} explanation - weights are differences of log-probability
 * @returns {Node[]}
 */
export function showExplanation({ levels, unknown }) {
  const strongest = Math.max(
    ...levels.flatMap(({ words }) => words.map(({ weight }) => Math.abs(weight))),
    1,
  );
  return [
    make("h3", {}, "Почему"),
    make("p", { class: "hint" }, hint(levels)),
    ...levels.map((each) => decision(each, strongest)),
    ...unheard(unknown),
  ];
}

function hint(levels) {
  if (!levels.length) return "Выбирать было не из чего.";
  return "Полоса вправо – слово говорит за категорию, влево – против неё. Чем длиннее, тем сильнее.";
}

function decision({ title, rival, words }, strongest) {
  return make(
    "section",
    { class: "decision" },
    make("h4", {}, title, make("small", {}, ` а не «${rival}»`)),
    make("ul", {}, ...words.map((word) => line(word, strongest))),
  );
}

function line({ text, weight }, strongest) {
  const track = make(
    "span",
    { class: `track ${weight < 0 ? "against" : "for"}`, "aria-hidden": "true" },
    make("span"),
  );
  track.style.setProperty("--share", String(Math.abs(weight) / strongest));
  const side = weight < 0 ? "против" : "за";
  return make(
    "li",
    {},
    make("span", { class: "word" }, text),
    track,
    spoken(` ${side}: `),
    strength(weight),
  );
}

function strength(weight) {
  const sign = weight < 0 ? "−" : "+";
  return make("small", {}, sign + Math.abs(weight).toFixed(1).replace(".", ","));
}

function unheard(unknown) {
  if (!unknown.length) return [];
  return [
    make("h4", {}, "Незнакомые слова"),
    make(
      "p",
      { class: "unknown" },
      ...unknown.flatMap((word) => [make("span", { class: "badge" }, word), " "]),
    ),
  ];
}
