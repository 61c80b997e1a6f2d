/** The page: names are asked for once; another level, filter or page only shows them otherwise. */

import * as api from "./api.js";
import { Certainty } from "./certainty.js";
import { noticeGone, watchNetwork } from "./connection.js";
import { Details } from "./details.js";
import { save, toCsv } from "./download.js";
import { find, make } from "./make.js";
import { sendable } from "./names.js";
import { Predictions } from "./predictions.js";
import { describe } from "./problems.js";
import { choose, count } from "./results.js";
import { Source } from "./source.js";
import { sentence, showSummary } from "./summary.js";
import { Table } from "./table.js";
import { level as named, number, plural } from "./wording.js";

class Page {
  async start() {
    watchNetwork();
    find("#host").textContent = location.host;
    this.predictions = new Predictions();
    this.shown = "all";
    this.source = new Source({
      failed: (error) => this.fail(error),
      changed: () => this.clearNotice(),
      limits: () => this.model?.limits ?? { body_bytes: Infinity },
    });
    this.table = new Table((row) => this.details.open(row, this.certainty.level));
    this.details = new Details({
      beside: (row, step) => this.table.beside(row, step),
      takesCorrections: () => this.model.corrections,
      corrected: (row, answer) => this.correct(row, answer),
      closed: (row) => this.table.focusRow(row),
    });
    this.listen();
    await this.meetModel();
  }

  listen() {
    find("#ask").addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask();
    });
    find("#names").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) find("#ask").requestSubmit();
    });
    find("#shown").addEventListener("change", ({ target }) => {
      this.shown = target.value;
      this.show();
    });
    find("#search").addEventListener("input", () => this.show());
    find("#stop").addEventListener("click", () => this.asking.abort());
    find("#download").addEventListener("click", () => this.download());
  }

  /** Learn what can be asked; until that is known nothing can be. */
  async meetModel() {
    find("#submit").disabled = true;
    try {
      const [model, health] = await Promise.all([api.fetchModel(), api.fetchHealth()]);
      this.model = model;
      this.certainty = new Certainty(model, () => this.show());
      this.show();
      find("#model-facts").textContent = facts(health.model);
      find("#submit").disabled = false;
      this.clearNotice();
    } catch (error) {
      this.fail(error, { label: "Попробовать ещё раз", act: () => this.meetModel() });
    }
  }

  /** Ask for all names anew. */
  async ask() {
    this.clearNotice();
    try {
      const names = await this.source.names();
      if (!names.length) return this.remind();
      this.names = names.map((name) => sendable(name, this.model.limits));
      this.predictions = new Predictions();
      this.shown = "all";
      find("#search").value = "";
      find("#results").hidden = true;
      return await this.goOn();
    } catch (error) {
      return this.fail(error);
    }
  }

  /** Ask for the names that have no prediction yet. */
  async goOn() {
    this.clearNotice();
    this.asking = new AbortController();
    this.working(true);
    try {
      await this.predictions.ask(this.names, this.model.limits, this.asking.signal, () =>
        this.grow(),
      );
      await this.finish();
    } catch (error) {
      if (this.asking.signal.aborted) this.offerToGoOn();
      else this.fail(error, { label: "Продолжить", act: () => this.goOn() });
    } finally {
      this.working(false);
    }
  }

  working(busy) {
    find("#submit").disabled = busy;
    find("#progress").hidden = !busy;
    if (busy) this.advance();
  }

  advance() {
    const [done, all] = [this.predictions.rows.length, this.names.length];
    Object.assign(find("#progress progress"), { max: all, value: done });
    find("#progress-text").textContent = `Готово ${number(done)} из ${number(all)}`;
  }

  grow() {
    this.advance();
    if (find("#results").hidden) {
      this.show();
      find("#results").scrollIntoView();
    } else {
      this.summarize();
      this.table.grow(this.chosen());
    }
  }

  async finish() {
    const { rows, generations } = this.predictions;
    if (!generations.has(this.model.generation)) await this.meetModel();
    if (generations.size > 1)
      this.offerAnew("Модель на сервере тем временем сменилась, и часть ответов дала прежняя.");
    find("#results-title").focus({ preventScroll: true });
    this.say(sentence(count(rows, this.certainty.level)));
  }

  /** Show what is known at the level that is chosen. */
  show() {
    if (!this.predictions.rows.length) return;
    find("#results").hidden = false;
    document.documentElement.classList.add("answered");
    this.summarize();
    this.table.show(this.chosen(), this.certainty.level, this.certainty.levels);
  }

  summarize() {
    const { level } = this.certainty;
    showSummary(count(this.predictions.rows, level), level, this.shown);
  }

  /** The rows that the filter and the search let through. */
  chosen() {
    const { rows } = this.predictions;
    return choose(rows, this.certainty.level, this.shown, find("#search").value);
  }

  correct(row, { prediction }) {
    Object.assign(row, this.predictions.row(prediction), { corrected: true });
    this.summarize();
    this.table.redraw(row);
    this.say("Исправлено.");
    this.offerAnew("Исправление запомнилось. Похожие названия получат его, если спросить заново.");
  }

  download() {
    const { level } = this.certainty;
    const title =
      level.certified === false
        ? "самые вероятные"
        : named(level.precision).replaceAll("\u00a0", " ");
    save(toCsv(this.predictions.rows, level), `категории ${title}.csv`);
  }

  offerToGoOn() {
    const { length } = this.predictions.rows;
    const text = `Остановлено: готово ${number(length)} из ${number(this.names.length)}.`;
    this.offer(text, "Продолжить", () => this.goOn());
    find("#notice button").focus();
  }

  offerAnew(text) {
    this.offer(text, "Спросить заново", () => this.ask());
  }

  offer(text, label, act) {
    const button = make("button", { type: "button", onclick: act }, label);
    this.notice(make("div", { class: "notice" }, make("p", {}, text), button));
  }

  remind() {
    this.notice(
      make(
        "p",
        { class: "notice" },
        "Сначала вставьте названия, по одному в строке, или выберите прайс-лист.",
      ),
    );
    find("#names").focus();
  }

  fail(error, way) {
    noticeGone(error);
    this.notice(describe(error, way));
  }

  notice(element) {
    find("#notice").replaceChildren(element);
  }

  clearNotice() {
    find("#notice").replaceChildren();
  }

  say(text) {
    find("#status").textContent = text;
  }
}

function facts({ categories, leaves }) {
  const many = plural(categories, "категория", "категории", "категорий");
  return `${number(categories)} ${many}, ${number(leaves)} из них конечные`;
}

new Page().start();
