/** Predictions, asked for piece by piece and kept small: a category is one object for all names. */

import * as api from "./api.js";
import { pieces } from "./names.js";

/**
 * @typedef {{id: string, title: string}} Category
 *
 * @typedef {Object} Row
 * @property {string} name
 * @property {Category[]} categories - from level 1 to the most probable leaf; empty if nothing in
 *   the name is known
 * @property {number[]} shares - their probabilities
 * @property {boolean} [corrected]
 */

export class Predictions {
  constructor() {
    /** @type {Row[]} */
    this.rows = [];
    /** Which models answered: more than one if it was replaced meanwhile. */
    this.generations = new Set();
    this.categories = new Map();
  }

  /**
   * Ask for names one piece after the other; what was answered stays if that is stopped.
   *
   * @param {string[]} names
   * @param {{names: number, body_bytes: number}} limits
   * @param {AbortSignal} signal
   * @param {() => void} whenGrown - called after every piece
   */
  async ask(names, limits, signal, whenGrown) {
    for (const piece of pieces(names.slice(this.rows.length), limits)) {
      const { generation, predictions } = await api.predict(piece, signal);
      this.generations.add(generation);
      this.rows.push(...predictions.map((prediction) => this.row(prediction)));
      whenGrown();
    }
  }

  /** @returns {Row} */
  row({ name, levels }) {
    return {
      name,
      categories: levels.map(({ id, title }) => this.category(id, title)),
      shares: levels.map(({ probability }) => probability),
    };
  }

  category(id, title) {
    if (!this.categories.has(id)) this.categories.set(id, { id, title });
    return this.categories.get(id);
  }
}
