/** Noticing that the server is gone, and that it is there again. */

import { fetchHealth, Problem } from "./api.js";
import { find, make } from "./make.js";

const PAUSE = 3000;

let waiting = null;

/** Watch what the browser knows about the network. */
export function watchNetwork() {
  window.addEventListener("offline", gone);
  window.addEventListener("online", look);
}

/** Say that the server is gone if that is what an error means; look for it until it is back. */
export function noticeGone(error) {
  if (error instanceof Problem && error.status === 0) gone();
}

function gone() {
  if (waiting) return;
  const text = "Сервер не отвечает. Страница сама заметит, когда он вернётся.";
  find("#offline").replaceChildren(make("p", { class: "notice problem" }, text));
  waiting = setInterval(look, PAUSE);
}

async function look() {
  const there = await fetchHealth().then(
    () => true,
    (error) => error.status > 0,
  );
  if (!there || !waiting) return;
  clearInterval(waiting);
  waiting = null;
  find("#offline").replaceChildren();
  find("#status").textContent = "Сервер снова отвечает.";
}
