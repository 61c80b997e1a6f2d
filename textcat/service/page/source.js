/** Where names come from: a text field, or a price list that the server reads. */

import * as api from "./api.js";
import { find, make } from "./make.js";
import { EXAMPLE, isTable, splitNames } from "./names.js";
import { megabytes, names as named, number, plural } from "./wording.js";

// Names of a price list that are shown before it is asked for.
const FEW = 5;

export class Source {
  /**
   * @param {{failed: (error: unknown) => void, changed: () => void, limits: () => Object}} page
   */
  constructor(page) {
    this.page = page;
    this.text = find("#names");
    this.file = find("#file");
    /** @type {string[] | null} */
    this.fromFile = null;
    this.listen();
    this.changed();
  }

  /** The names, read from the field or from the price list; text with columns is one, too. */
  async names() {
    if (!this.fromFile && isTable(this.text.value)) await this.readTable();
    return this.fromFile ?? splitNames(this.text.value);
  }

  listen() {
    this.text.addEventListener("input", () => this.changed());
    find("#example").addEventListener("click", () => this.showExample());
    find("#choose").addEventListener("click", () => this.file.click());
    this.file.addEventListener("change", () => this.take(this.file.files[0]));
    document.addEventListener("dragover", (event) => this.dragged(event));
    document.addEventListener("dragleave", (event) => event.relatedTarget ?? mark(false));
    document.addEventListener("drop", (event) => this.dropped(event));
  }

  changed() {
    const { length } = this.fromFile ?? splitNames(this.text.value);
    find("#names-count").textContent = length ? named(length) : "";
    this.page.changed();
  }

  showExample() {
    this.forget();
    this.text.value = EXAMPLE;
    this.changed();
  }

  dragged(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    mark(true);
  }

  dropped(event) {
    mark(false);
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    this.take(event.dataTransfer.files[0]);
  }

  /** Read a file that was chosen or dropped. */
  async take(file) {
    if (!file) return;
    this.showPriceList(make("p", {}, `Читаю «${file.name}»…`));
    try {
      const most = this.page.limits().body_bytes;
      if (file.size > most)
        throw new api.Problem(413, { detail: `файл больше ${megabytes(most)}` });
      await this.read(file, file.name);
    } catch (error) {
      this.forget();
      this.page.failed(error);
    } finally {
      this.file.value = "";
    }
  }

  async readTable() {
    await this.read(new Blob([this.text.value]), "cells.tsv", "вставленные ячейки");
  }

  async read(content, filename, title = filename) {
    const found = await api.read(content, filename);
    this.fromFile = found.names;
    this.showPriceList(...facts(title, found, () => this.remove()));
    this.changed();
  }

  showPriceList(...content) {
    this.text.hidden = true;
    find("#price-list").hidden = false;
    find("#price-list").replaceChildren(...content);
  }

  remove() {
    this.forget();
    this.text.focus();
  }

  /** Back to the text field. */
  forget() {
    this.fromFile = null;
    this.text.hidden = false;
    find("#price-list").hidden = true;
    this.changed();
  }
}

function mark(dragging) {
  document.documentElement.classList.toggle("dragging", dragging);
}

/** What was read: the file, its column, the first names, and what was left out. */
function facts(title, { column, names, left_out: leftOut }, remove) {
  const first = names.slice(0, FEW).map((name) => make("li", {}, name));
  const more = names.length - FEW;
  const rest = more > 0 ? [make("li", { class: "rest" }, `и ещё ${number(more)}`)] : [];
  return [
    make(
      "p",
      { class: "file" },
      make("strong", {}, title),
      make("button", { type: "button", class: "plain", onclick: remove }, "Убрать"),
    ),
    make(
      "p",
      { class: "hint" },
      column ? `Столбец «${column}»` : "Названия",
      ` – ${named(names.length)}.`,
      oddities(leftOut),
    ),
    make("ul", {}, ...first, ...rest),
  ];
}

/** How many rows are not as they should be, and where the first one is. */
function oddities(kinds) {
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
  if (!count) return null;
  const rows = kinds.flatMap(({ examples }) => examples.map(({ row }) => row)).filter(Boolean);
  const first = rows.length ? `, первая – ${Math.min(...rows)}-я` : "";
  const lines = plural(count, "строку", "строки", "строк");
  return ` Проверьте в файле ${number(count)} ${lines}${first}: там что-то не так.`;
}
