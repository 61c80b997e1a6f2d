/** Asking the server. Addresses are relative, so the page may stand under any path. */

/** What went wrong, as RFC 9457 tells it; status 0: there was no answer at all. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{title?: string, detail?: string, errors?: {pointer?: string, detail?: string}[]}} said
   */
  constructor(status, said = {}) {
    super(said.detail ?? said.title ?? "");
    this.name = "Problem";
    this.status = status;
    this.errors = said.errors ?? [];
  }
}

/** What can be asked: precision levels, kinds of goods, limits, whether corrections are taken. */
export function fetchModel() {
  return ask("model");
}

/** Whether the server is there, and facts about its model. */
export function fetchHealth() {
  return ask("health");
}

/** Predictions at no precision level in particular: the page cuts them itself. */
export function predict(names, signal) {
  return ask("predict", { ...json({ names, precision: null }), signal });
}

/** One name with its candidates and the words that spoke for them. */
export function predictWithReasons(name, signal) {
  const body = { names: name, precision: null, top: 5, explain: true };
  return ask("predict", { ...json(body), signal });
}

/** The names of a price list. */
export function read(file, filename, signal) {
  return ask(`read?filename=${encodeURIComponent(filename)}`, {
    method: "POST",
    body: file,
    signal,
  });
}

export function searchCategories(text, signal) {
  return ask(`categories?limit=20&search=${encodeURIComponent(text)}`, { signal });
}

export async function correct(name, category, token) {
  // no header can hold other signs
  if (!/^[!-~]+$/.test(token)) throw new Problem(401);
  const body = json({ name, category });
  return ask("correct", {
    ...body,
    headers: { ...body.headers, Authorization: `Bearer ${token}` },
  });
}

function json(body) {
  const headers = { "Content-Type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

async function ask(address, options = {}) {
  const response = await reach(address, options);
  const said = await response.json().catch((error) => {
    if (error.name === "AbortError") throw error;
    return null;
  });
  if (!response.ok || said === null) throw new Problem(response.status, said ?? {});
  return said;
}

async function reach(address, options) {
  try {
    return await fetch(new URL(address, document.baseURI), options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0);
  }
}
