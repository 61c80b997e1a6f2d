/** The table of answers, a page of rows at a time, so that any number of names stays quick. */

import { bar, find, make } from "./make.js";
import { depth, nextAnswered } from "./precision.js";
import { kindOf } from "./results.js";
import { level as named, number, percent } from "./wording.js";
import { way } from "./way.js";

const PAGE = 100;

export class Table {
  /** @param {(row: import("./predictions.js").Row) => void} whenOpened */
  constructor(whenOpened) {
    this.whenOpened = whenOpened;
    this.rows = [];
    this.drawn = [];
    this.first = 0;
    this.body = find("#table tbody");
    this.body.addEventListener("click", (event) => this.clicked(event));
    this.body.addEventListener("keydown", (event) => this.pressed(event));
    find("#previous-page").addEventListener("click", () => this.turnByHand(-PAGE));
    find("#next-page").addEventListener("click", () => this.turnByHand(PAGE));
  }

  /** Show rows cut at a level, from the first one. */
  show(rows, level, levels) {
    Object.assign(this, { rows, level, levels });
    this.turnTo(0);
  }

  /** Show the same rows and some more, on the page that is open. */
  grow(rows) {
    this.rows = rows;
    if (this.drawn.length < PAGE) this.turnTo(this.first);
    else this.drawPages();
  }

  turnTo(first) {
    this.first = first;
    this.drawn = this.rows.slice(first, first + PAGE);
    this.body.replaceChildren(...this.drawn.map((row, at) => this.line(row, at)));
    find("#table").hidden = !this.rows.length;
    find("#nothing-found").hidden = this.rows.length > 0;
    this.drawPages();
  }

  /** The row beside one in the order that the table shows. */
  beside(row, step) {
    return this.rows[this.rows.indexOf(row) + step];
  }

  /** Draw the row anew, as it was corrected, without moving the focus. */
  redraw(row) {
    const at = this.drawn.indexOf(row);
    if (at >= 0) this.body.children[at].replaceWith(this.line(row, at));
  }

  /** Put the focus on a row, on whatever page it is. */
  focusRow(row) {
    const at = this.rows.indexOf(row);
    if (at < 0) return;
    if (!this.drawn.includes(row)) this.turnTo(Math.floor(at / PAGE) * PAGE);
    this.focus(this.drawn.indexOf(row));
  }

  line(row, at) {
    const reached = depth(row, this.level);
    const open = {
      type: "button",
      class: "name",
      tabindex: at ? "-1" : "0",
      "aria-haspopup": "dialog",
    };
    return make(
      "tr",
      { role: "row", class: kindOf(row, this.level) },
      make("td", { role: "cell" }, make("button", open, row.name || "(пустая строка)")),
      make("td", { role: "cell" }, ...this.category(row, reached)),
      make("td", { role: "cell" }, ...share(row, reached)),
    );
  }

  category(row, reached) {
    const corrected = row.corrected
      ? make("span", { class: "badge corrected" }, "исправлено")
      : null;
    if (reached) return [way(row, reached), " ", corrected];
    const none = make("span", { class: "badge none" }, "нет ответа");
    return [none, " ", corrected, ...this.instead(row)];
  }

  /** What there is in place of an answer: one at a laxer level, or the most probable way. */
  instead(row) {
    if (!row.shares.length)
      return [make("span", { class: "instead" }, "Ни одного знакомого слова.")];
    const laxer = nextAnswered(row, this.level, this.levels);
    const lead = laxer ? `При ${named(laxer.precision)} ответ был бы: ` : "Вероятнее всего: ";
    return [
      make("span", { class: "instead" }, lead, way(laxer ? cut(row, depth(row, laxer)) : row, 0)),
    ];
  }

  drawPages() {
    const last = this.first + this.drawn.length;
    find("#pages").hidden = this.rows.length <= PAGE;
    find("#previous-page").disabled = this.first === 0;
    find("#next-page").disabled = last === this.rows.length;
    find("#page-place").textContent =
      `${number(this.first + 1)}–${number(last)} из ${number(this.rows.length)}`;
  }

  turnByHand(step) {
    this.turnTo(this.first + step);
    this.focus(0);
    find("#results").scrollIntoView();
  }

  clicked({ target }) {
    const line = target.closest("tr");
    if (!line || !window.getSelection().isCollapsed) return;
    const at = [...this.body.children].indexOf(line);
    this.focus(at);
    this.whenOpened(this.drawn[at]);
  }

  /** Arrows go from row to row; Tab leaves the table. */
  pressed(event) {
    const at = [...this.body.children].indexOf(event.target.closest("tr"));
    const aims = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.drawn.length - 1 };
    if (!(event.key in aims)) return;
    event.preventDefault();
    this.focus(aims[event.key]);
  }

  focus(at) {
    const aim = this.body.children[at]?.querySelector("button.name");
    if (!aim) return;
    for (const other of this.body.querySelectorAll("button.name")) other.tabIndex = -1;
    aim.tabIndex = 0;
    aim.focus();
  }
}

function share({ shares }, reached) {
  return reached
    ? [make("span", { class: "share" }, percent(shares[reached - 1])), bar(shares[reached - 1])]
    : ["–"];
}

function cut(row, reached) {
  return {
    ...row,
    categories: row.categories.slice(0, reached),
    shares: row.shares.slice(0, reached),
  };
}
