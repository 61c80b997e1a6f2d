/** Names: from what was typed or pasted, in pieces that a server takes at once. */

/** One name a line; blank lines are none. */
export function splitNames(text) {
  return text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Whether text has columns, as cells copied from a spreadsheet do: such text the server reads. */
export function isTable(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  return lines.length > 0 && lines.every((line) => line.trim().includes("\t"));
}

/**
 * A name as it may be sent. The model reads a few thousand letters: a longer name may be cut.
 *
 * @param {string} name
 * @param {{name_length: number}} limits
 */
export function sendable(name, limits) {
  const cut = name.slice(0, limits.name_length);
  return cut.toWellFormed?.() ?? cut;
}

// More than this at once would keep the progress bar waiting.
const PIECE = 1000;

/**
 * Cut names into pieces for requests: few enough, and with room to spare in a request's body.
 *
 * @param {string[]} names
 * @param {{names: number, body_bytes: number}} limits
 * @returns {Generator<string[]>}
 */
export function* pieces(names, limits) {
  const most = Math.min(PIECE, limits.names);
  let piece = [];
  let letters = 0;
  for (const name of names) {
    // a letter is at most six bytes of JSON
    if (
      piece.length === most ||
      (piece.length && (letters + name.length) * 6 > limits.body_bytes / 2)
    ) {
      yield piece;
      [piece, letters] = [[], 0];
    }
    piece.push(name);
    letters += name.length;
  }
  if (piece.length) yield piece;
}

/** Names as sellers write them, of which some are vague and one is no product. */
export const EXAMPLE = [
  "Чехол силик. д/iPhone 13 прозр.",
  "КефирПростоквашино 2,5% 930г",
  "ботинки жен. зим. р.38",
  "Ш-нь Pantene д/волос 250 мл",
  "средство для мытья",
  "Смартфон Samsung Galaxy A54 256Gb",
  "чай зел. Ahmad 25 пак",
  "набор подарочный",
  "колодки торм. передн. Lada Vesta",
  "корм д/кошек Whiskas 85г",
  "лопата снеговая пластик",
  "аренда автокрана 25 т",
].join("\n");
