/** The table as CSV that Excel opens by a double click where decimals have a comma. */

import { depth } from "./precision.js";

// A cell that begins so would be run as a formula.
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

/**
 * @param {import("./predictions.js").Row[]} rows
 * @param {import("./precision.js").PrecisionLevel} level
 */
export function toCsv(rows, level) {
  const deepest = rows.reduce((most, row) => Math.max(most, row.shares.length), 0);
  const levels = Array.from({ length: deepest }, (_, at) => [
    `Уровень ${at + 1}`,
    `Вероятность ${at + 1}`,
  ]);
  const heading = [
    "Название",
    "Категория",
    "Вероятность",
    "Код категории",
    ...levels.flat(),
    "Вероятнее всего",
  ];
  const lines = [heading, ...rows.map((row) => cells(row, depth(row, level), deepest))];
  return `\ufeff${lines.map((line) => `${line.join(";")}\r\n`).join("")}`;
}

/** Only levels that are answered stand in their columns; the last column has the whole way. */
function cells({ name, categories, shares }, reached, deepest) {
  const answer = categories.slice(0, reached);
  const levels = Array.from({ length: deepest }, (_, at) =>
    at < reached ? [text(answer[at].title), decimal(shares[at])] : ["", ""],
  );
  const whole = reached ? [decimal(shares[reached - 1]), text(answer.at(-1).id)] : ["", ""];
  return [text(name), text(path(answer)), ...whole, ...levels.flat(), text(path(categories))];
}

function path(categories) {
  return categories.map(({ title }) => title).join(" > ");
}

function text(value) {
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function decimal(share) {
  return share.toFixed(4).replace(".", ",");
}

/** Hand a file to the browser. */
export function save(content, filename) {
  const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: filename }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
