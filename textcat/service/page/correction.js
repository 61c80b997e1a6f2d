/** Correcting an answer: search the right category, pick it, send it with the token. */

import * as api from "./api.js";
import { CategoryPicker } from "./picker.js";
import { make } from "./make.js";
import { describe } from "./problems.js";

// Kept until the page is left, so that it is typed once for many corrections.
let token = "";

/**
 * @param {import("./predictions.js").Row} row
 * @param {(answer: {generation: string, prediction: Object}) => void} whenTaken
 */
export function correctionForm(row, whenTaken) {
  const picker = new CategoryPicker();
  const secret = make("input", {
    id: "token",
    type: "password",
    autocomplete: "off",
    required: true,
    value: token,
  });
  const send = make("button", { type: "submit", class: "primary" }, "Исправить");
  const trouble = make("div", { role: "alert" });
  const submit = async (event) => {
    event.preventDefault();
    trouble.replaceChildren();
    if (!picker.chosen) return picker.demand();
    token = secret.value.trim();
    send.disabled = true;
    try {
      await whenTaken(await api.correct(row.name, picker.chosen.id, token));
    } catch (error) {
      trouble.replaceChildren(describe(error));
    } finally {
      send.disabled = false;
    }
  };
  return make(
    "form",
    { class: "correction", onsubmit: submit },
    make("h3", {}, "Исправить"),
    picker.element,
    make("label", { for: "token" }, "Токен для исправлений"),
    secret,
    make(
      "p",
      { class: "hint" },
      "Его задаёт тот, кто запустил сервер. Исправление запомнится для всех.",
    ),
    trouble,
    send,
  );
}
