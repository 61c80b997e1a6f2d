/** Numbers and shares in Russian. */

const NUMBERS = new Intl.NumberFormat("ru");
const PLURALS = new Intl.PluralRules("ru");

/** @param {number} value */
export function number(value) {
  return NUMBERS.format(value);
}

/**
 * The form of a word that goes with a number.
 *
 * @param {number} count
 * @param {string} one - название
 * @param {string} few - названия
 * @param {string} many - названий
 */
export function plural(count, one, few, many) {
  return { one, few }[PLURALS.select(count)] ?? many;
}

/** 21 -> «21 название» */
export function names(count) {
  return `${number(count)} ${plural(count, "название", "названия", "названий")}`;
}

/** Rounded down, and never 100 %: no answer is certain. 0.9974 -> «> 99 %» */
export function percent(share) {
  if (share > 0.99) return "> 99\u00a0%";
  if (share < 0.01) return "< 1\u00a0%";
  return `${Math.floor(share * 100 + 1e-9)}\u00a0%`;
}

/** A precision level as it is named: 0.985 -> «98,5 %» */
export function level(precision) {
  return `${number(Math.round(precision * 1e4) / 100)}\u00a0%`;
}

/** 2_400_000 -> «2,4 МБ» */
export function megabytes(bytes) {
  return `${number(Math.round(bytes / 1e5) / 10)}\u00a0МБ`;
}

/** What search compares: case and ё do not count. */
export function folded(text) {
  return text.toLowerCase().replaceAll("ё", "е");
}
