/** Choosing the precision level and the kind of goods; the choice is kept in the address. */

import { choice, find, make } from "./make.js";
import { GOODS, kindsOfGoods, levelsFor, meaning } from "./precision.js";
import { level as named } from "./wording.js";

const USUAL = 0.95;

// What a model without certified levels is asked for: the most probable leaf.
const UNCERTIFIED = { precision: 0, threshold: 0, certified: false };

export class Certainty {
  /**
   * @param {Object} model - what `GET /model` said
   * @param {() => void} whenChosen
   */
  constructor(model, whenChosen) {
    this.model = model;
    this.whenChosen = whenChosen;
    this.kinds = kindsOfGoods(model);
    find("#precision").onchange = (event) => this.choose({ precision: Number(event.target.value) });
    find("#goods").onchange = (event) => this.choose({ goods: event.target.value });
    window.onhashchange = () => this.choose(fromAddress());
    this.take(fromAddress());
  }

  choose(chosen) {
    this.take({ precision: this.level.precision, goods: this.goods, ...chosen });
    const { precision } = this.level;
    history.replaceState(null, "", `#${new URLSearchParams({ precision, goods: this.goods })}`);
    this.whenChosen();
  }

  /** Take what is wanted, or what comes closest to it. */
  take({ precision = USUAL, goods }) {
    this.goods = this.kinds.includes(goods) ? goods : (this.kinds[0] ?? "any");
    this.levels = levelsFor(this.model, this.goods);
    this.level =
      this.levels.find((each) => each.precision <= precision) ?? this.levels.at(-1) ?? UNCERTIFIED;
    this.draw();
  }

  draw() {
    const choices = this.levels.map((each) =>
      choice("precision", each.precision, named(each.precision), each === this.level),
    );
    fill(find("#precision"), choices);
    find("#precision").hidden = !choices.length;
    const kinds = this.kinds.map((kind) =>
      choice("goods", kind, GOODS[kind][0], kind === this.goods),
    );
    fill(find("#goods"), kinds);
    find("#goods").hidden = this.kinds.length < 2;
    find("#meaning").replaceChildren(...this.words());
  }

  words() {
    if (!this.levels.length) {
      return [
        "Для этой модели точность не проверена: покажем самую вероятную категорию, без обещаний.",
      ];
    }
    const [promise, ...rest] = meaning(this.level, this.goods);
    return [make("strong", {}, promise), " ", rest.join(" ")];
  }
}

/** Put choices into a fieldset, and the focus back to where it was. */
function fill(fieldset, choices) {
  const focused = fieldset.contains(document.activeElement);
  fieldset.querySelector(".choices").replaceChildren(...choices);
  if (focused) fieldset.querySelector(":checked").focus();
}

function fromAddress() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const precision = Number(wanted.get("precision"));
  return { ...(precision > 0 && { precision }), goods: wanted.get("goods") ?? undefined };
}
