/**
 * Precision levels: what can be asked for, what it promises, and where it cuts a prediction.
 *
 * A prediction is the way to the most probable leaf. An answer is that way down to the last
 * category that is at least as probable as the threshold of the level.
 */

import { level as named } from "./wording.js";

/**
 * @typedef {Object} PrecisionLevel
 * @property {number} precision
 * @property {number} threshold
 * @property {number} answered - share of the names that were answered when it was certified
 * @property {number} atLeaf - share that was answered at a leaf
 */

/** How kinds of goods are called, and what the promise then speaks of. */
export const GOODS = {
  any: ["любые", "и на знакомых модели товарах, и на новых"],
  familiar: ["знакомые", "на товарах, похожих на те, по которым модель училась"],
  new: ["новые", "на марках и линейках, которых модель не видела"],
  given: [
    "как при проверке",
    "на названиях, которых модель не видела, и держится для похожих на них",
  ],
};

/**
 * Kinds of goods that can be chosen; the first is the usual one.
 *
 * @param {Object} model - what `GET /model` said
 * @returns {string[]}
 */
export function kindsOfGoods(model) {
  const kinds = [...new Set(certified(model).map((each) => each.goods))];
  if (kinds.includes("given")) return ["given", ...kinds.filter((kind) => kind !== "given")];
  const any = kinds.length > 1 && levelsFor(model, "any").length > 0;
  return any ? ["any", ...kinds.sort()] : kinds;
}

/**
 * Certified levels for some goods, the strictest first.
 *
 * @returns {PrecisionLevel[]}
 */
export function levelsFor(model, goods) {
  const kinds = goods === "any" ? model.goods : [goods];
  const byPrecision = new Map();
  for (const each of certified(model).filter(({ goods: kind }) => kinds.includes(kind))) {
    byPrecision.set(each.precision, [...(byPrecision.get(each.precision) ?? []), each]);
  }
  return [...byPrecision.values()]
    .filter((same) => same.length === kinds.length)
    .map(strictest)
    .sort((a, b) => b.precision - a.precision);
}

function certified(model) {
  return model.precision_levels.filter((each) => each.certified);
}

function strictest(same) {
  return {
    precision: same[0].precision,
    threshold: Math.max(...same.map((each) => each.threshold)),
    answered: Math.min(...same.map((each) => each.answered)),
    atLeaf: Math.min(...same.map((each) => each.at_leaf)),
  };
}

/**
 * How many levels of a prediction are probable enough; 0 is no answer.
 *
 * @param {{shares: number[]}} row - probabilities, never growing on the way down
 * @param {{threshold: number}} level
 */
export function depth(row, { threshold }) {
  const { shares } = row;
  let reached = shares.length;
  while (reached > 0 && !(shares[reached - 1] >= threshold && shares[reached - 1] > 0)) reached--;
  return reached;
}

/** The strictest of the laxer levels at which there is an answer after all. */
export function nextAnswered(row, current, levels) {
  return levels.find((each) => each.precision < current.precision && depth(row, each) > 0);
}

/** What a level means, as sentences: the promise first, then what it is about and what it costs. */
export function meaning(level, goods) {
  const right = Math.round(level.precision * 1e4) / 100;
  const promise = Number.isInteger(right)
    ? `Из 100 ответов верны не меньше ${right}`
    : `Верны не меньше ${named(level.precision)} ответов`;
  const answered = Math.round(level.answered * 100);
  const atLeaf = Math.round(level.atLeaf * 100);
  return [
    `${promise}.`,
    `Это проверено ${GOODS[goods][1]}.`,
    `Из 100 названий ответ получили ${answered}, до конечной категории – ${atLeaf}.`,
    "Где уверенности меньше, будет категория повыше или «нет ответа».",
  ];
}
