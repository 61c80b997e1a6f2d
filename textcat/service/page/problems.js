/** What went wrong, in words, and what to do about it. */

import { Problem } from "./api.js";
import { make } from "./make.js";

const BUSY = ["Сервер занят или ещё загружает модель", "Подождите немного и попробуйте ещё раз."];
const SLOW = [
  "Сервер не успел ответить",
  "Попробуйте ещё раз; если не поможет – меньшими частями.",
];
const BROKEN = [
  "На сервере что-то сломалось",
  "Попробуйте ещё раз. Если повторится, передайте подробности тому, кто его запустил.",
];

/** @type {Object<number, [string, string]>} */
const WORDS = {
  0: [
    "Сервер не отвечает",
    "Проверьте связь и то, что сервер запущен. Как только он ответит, можно будет продолжить.",
  ],
  400: ["Сервер не понял запрос", "Исправьте то, что названо ниже, и попробуйте ещё раз."],
  401: ["Токен не подошёл", "Проверьте его: токен задаёт тот, кто запустил сервер."],
  403: ["Сервер этого не разрешает", "Спросите того, кто его запустил."],
  404: [
    "Сервер этого не умеет",
    "Возможно, он перезапущен с другими настройками: обновите страницу.",
  ],
  408: SLOW,
  413: ["Слишком много за один раз", "Разделите прайс-лист на части поменьше."],
  415: [
    "Такой файл прочитать нельзя",
    "Сохраните прайс-лист как CSV или Excel и попробуйте ещё раз.",
  ],
  422: ["Прочитать это не получилось", "Исправьте то, что названо ниже, и попробуйте ещё раз."],
  429: BUSY,
  500: BROKEN,
  503: BUSY,
  504: SLOW,
};

/**
 * A problem as an element, with a button if there is something to press.
 *
 * @param {unknown} error
 * @param {{label: string, act: () => void}} [way] - the way out
 */
export function describe(error, way) {
  const [title, advice] = error instanceof Problem ? (WORDS[error.status] ?? BROKEN) : BROKEN;
  return make(
    "div",
    { class: "notice problem" },
    make("p", {}, make("strong", {}, title), ". ", advice),
    said(error),
    way ? make("button", { type: "button", onclick: way.act }, way.label) : null,
  );
}

/** What the server said itself; it may speak English. */
function said(error) {
  const further = (error.errors ?? []).filter(({ detail }) => !error.message.includes(detail));
  const lines = [error.message, ...further.map(place)].filter(Boolean);
  if (!lines.length) return null;
  return make("p", { class: "said" }, make("span", {}, "Подробности: "), lines.join("\n"));
}

function place({ pointer, parameter, detail }) {
  return `${pointer ?? parameter}: ${detail}`;
}
