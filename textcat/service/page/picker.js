/** A field that searches categories as one types: an ARIA combobox with a list of what is found. */

import * as api from "./api.js";
import { make } from "./make.js";

// Waits until a word is typed before the server is asked.
const PAUSE = 150;
// More letters the server does not search for.
const LONGEST = 200;

export class CategoryPicker {
  constructor() {
    /** @type {{id: string, path: string[]} | null} */
    this.chosen = null;
    this.found = [];
    this.input = make("input", {
      id: "right-category",
      role: "combobox",
      autocomplete: "off",
      "aria-expanded": "false",
      "aria-controls": "found-categories",
      "aria-autocomplete": "list",
      placeholder: "Начните вводить название категории",
    });
    this.list = make("ul", {
      id: "found-categories",
      role: "listbox",
      "aria-label": "Найденные категории",
      hidden: true,
    });
    this.message = make("p", { class: "hint", role: "status" });
    this.element = make(
      "div",
      { class: "picker" },
      make("label", { for: "right-category" }, "Верная категория"),
      make("div", { class: "combobox" }, this.input, this.list),
      this.message,
    );
    this.listen();
  }

  /** Say that a category has to be picked first. */
  demand() {
    this.message.textContent = "Сначала найдите категорию и выберите её из списка.";
    this.input.focus();
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.close());
    // before the field loses the focus, and the list is gone
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const at = [...this.list.children].indexOf(event.target.closest("li"));
      if (at >= 0) this.choose(at);
    });
  }

  typed() {
    this.chosen = null;
    this.message.textContent = "";
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.search(this.input.value.trim().slice(0, LONGEST)), PAUSE);
  }

  async search(text) {
    this.asking?.abort();
    this.asking = new AbortController();
    if (!text) return this.close();
    try {
      const { categories, total } = await api.searchCategories(text, this.asking.signal);
      return this.open(categories, total);
    } catch (error) {
      if (error.name !== "AbortError")
        this.message.textContent = "Поиск не удался: проверьте связь с сервером.";
      return undefined;
    }
  }

  open(categories, total) {
    this.found = categories;
    this.list.replaceChildren(...categories.map(option));
    this.list.hidden = !categories.length;
    this.input.setAttribute("aria-expanded", String(categories.length > 0));
    this.message.textContent = foundSo(categories.length, total);
    this.point(0);
    this.list.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (this.list.hidden) return;
    const keys = {
      ArrowDown: () => this.point((this.at + 1) % this.found.length),
      ArrowUp: () => this.point((this.at + this.found.length - 1) % this.found.length),
      Enter: () => this.choose(this.at),
      Escape: () => this.close(),
    };
    if (!keys[event.key]) return;
    event.preventDefault(); // or Enter would send the form, and Escape close the dialog
    keys[event.key]();
  }

  point(at) {
    this.at = at;
    [...this.list.children].forEach((line, place) =>
      line.setAttribute("aria-selected", String(place === at)),
    );
    const line = this.list.children[at];
    if (!line) return;
    this.input.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  choose(at) {
    this.chosen = this.found[at];
    this.input.value = this.chosen.path.join(" › ");
    this.message.textContent = "";
    this.close();
  }
}

function option({ path }, at) {
  return make(
    "li",
    { role: "option", id: `found-${at}`, "aria-selected": "false" },
    make("b", {}, path.at(-1)),
    path.length > 1 ? make("small", {}, path.slice(0, -1).join(" › ")) : null,
  );
}

function foundSo(shown, total) {
  if (!shown) return "Ничего не найдено: попробуйте другое слово.";
  return total > shown
    ? `Показаны первые ${shown} из ${total}: уточните слово.`
    : `Найдено: ${shown}.`;
}
