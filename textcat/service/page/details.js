/** One name in full: its levels, why, what else it may be, and how to correct it. */

import * as api from "./api.js";
import { correctionForm } from "./correction.js";
import { showExplanation } from "./explanation.js";
import { bar, find, make } from "./make.js";
import { depth } from "./precision.js";
import { describe } from "./problems.js";
import { level as named, percent } from "./wording.js";

export class Details {
  /**
   * @param {Object} page
   * @param {(row: Row, step: number) => Row | undefined} page.beside
   * @param {() => boolean} page.takesCorrections
   * @param {(row: Row, answer: Object) => void} page.corrected
   * @param {(row: Row) => void} page.closed
   */
  constructor(page) {
    this.page = page;
    this.dialog = find("#details");
    this.dialog.addEventListener(
      "click",
      ({ target }) => target === this.dialog && this.dialog.close(),
    );
    this.dialog.addEventListener("close", () => this.closed());
  }

  /**
   * @param {import("./predictions.js").Row} row
   * @param {string} focused - what then has the focus
   */
  open(row, level, focused = "#details-title") {
    Object.assign(this, { row, level });
    this.reasons = make("div", { class: "reasons" });
    this.dialog.replaceChildren(
      this.heading(),
      make("div", { class: "details-body" }, levels(row, level), this.reasons, this.correction()),
    );
    if (!this.dialog.open) this.dialog.showModal();
    (find(`${focused}:enabled`) ?? find("#details-title")).focus();
    return this.explain();
  }

  closed() {
    this.asking?.abort();
    this.page.closed(this.row);
  }

  heading() {
    return make(
      "header",
      {},
      make("h2", { id: "details-title", tabindex: "-1" }, this.row.name || "(пустая строка)"),
      make(
        "div",
        { class: "details-actions" },
        this.neighbor("previous", "Предыдущее название", "↑", -1),
        this.neighbor("next", "Следующее название", "↓", 1),
        make(
          "button",
          { type: "button", onclick: () => this.dialog.close(), "aria-label": "Закрыть" },
          "×",
        ),
      ),
    );
  }

  neighbor(id, label, sign, step) {
    const row = this.page.beside(this.row, step);
    const open = () => this.open(row, this.level, `#${id}`);
    return make(
      "button",
      { type: "button", id, disabled: !row, onclick: open, "aria-label": label },
      sign,
    );
  }

  correction() {
    if (!this.page.takesCorrections()) return null;
    return correctionForm(this.row, (answer) => {
      this.page.corrected(this.row, answer);
      return this.open(this.row, this.level);
    });
  }

  /** Ask why, and for other candidates; an answer that comes too late is dropped. */
  async explain() {
    this.asking?.abort();
    this.asking = new AbortController();
    const { signal } = this.asking;
    this.reasons.replaceChildren(make("p", { class: "hint" }, "Спрашиваю, почему…"));
    try {
      const { predictions } = await api.predictWithReasons(this.row.name, signal);
      this.reasons.replaceChildren(
        ...showExplanation(predictions[0].explanation),
        ...others(predictions[0].top),
      );
    } catch (error) {
      if (signal.aborted) return;
      this.reasons.replaceChildren(
        describe(error, { label: "Попробовать ещё раз", act: () => this.explain() }),
      );
    }
  }
}

/** Every level with its probability, and where the precision level cuts. */
function levels(row, level) {
  const reached = depth(row, level);
  const lines = row.categories.map(({ title }, at) => line(title, row.shares[at], at < reached));
  lines.splice(
    reached,
    0,
    make("li", { class: reached ? "cut" : "cut none" }, verdict(row, reached, level)),
  );
  return make("ol", { class: "levels", "aria-label": "Категория, уровень за уровнем" }, ...lines);
}

function line(title, share, sure) {
  return make(
    "li",
    { class: sure ? "sure" : "unsure" },
    make("span", {}, title),
    make("span", { class: "share" }, percent(share)),
    bar(share),
  );
}

function verdict({ shares }, reached, { precision, certified }) {
  if (!shares.length) return "Нет ответа: ни одного знакомого слова.";
  if (certified === false) return "Точность этой модели не проверена.";
  if (!reached) return `Нет ответа: для точности ${named(precision)} вероятности мало.`;
  return reached === shares.length
    ? `Ответ до конечной категории: для точности ${named(precision)} вероятности достаточно.`
    : `Ответ – до этой черты. Ниже для точности ${named(precision)} вероятности мало.`;
}

function others(top) {
  if (!top?.length) return [];
  const lines = top.map(({ path, probability }) =>
    make(
      "li",
      {},
      make(
        "span",
        {},
        path
          .slice(0, -1)
          .map((title) => `${title} › `)
          .join(""),
        make("b", {}, path.at(-1)),
      ),
      make("span", { class: "share" }, percent(probability)),
    ),
  );
  return [make("h3", {}, "Что это ещё может быть"), make("ol", { class: "candidates" }, ...lines)];
}
