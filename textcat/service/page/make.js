/** Making elements. Text is put in as text, so nothing that a name contains is ever markup. */

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Object<string, unknown>} attributes - false and null leave one out; `onclick` listens
 * @param {...(Node|string|null)} children - null is left out
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** A bar whose length the style sheet takes from `--share`, 0 to 1. */
export function bar(share, className = "bar") {
  const element = make("span", { class: className, "aria-hidden": "true" });
  element.style.setProperty("--share", String(share));
  return element;
}

/** Text for those who do not see how other text looks. */
export function spoken(text) {
  return make("span", { class: "visually-hidden" }, text);
}

/** One radio button that looks like a button, with its label. */
export function choice(group, value, label, checked) {
  const input = make("input", { type: "radio", name: group, value, checked });
  return make("label", { class: "choice" }, input, make("span", {}, label));
}

/** @param {string} selector */
export function find(selector) {
  return document.querySelector(selector);
}
