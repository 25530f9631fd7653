// Who can see what, live: the kind of thing, whose it is, and the words only once shared.

import { element, icon, local, namesOf, t } from "./words.js";

const nameOf = (item) =>
  JSON.stringify([item.owner, item.kind.da, item.seen_by, item.text, item.shared]);

export class Sight {
  #list = document.getElementById("sight-list");
  #said = document.getElementById("sight-said");
  #personOf;
  #known = null;

  /** `personOf(name)` is the colour class of a person, or "". */
  constructor(personOf) {
    this.#personOf = personOf;
  }

  /** Says whether anything is new since last time. */
  show(items) {
    const fresh = this.#fresh(items);
    const groups = Map.groupBy(items, (item) => item.owner);
    const none = element("p", "sight-none", t("sight_none"));
    const parts = [...groups].map(([owner, own]) => this.#group(owner, own, fresh));
    this.#list.replaceChildren(...(parts.length ? parts : [none]));
    const shared = [...fresh].findLast((item) => item.shared);
    const back = this.#takenBack(items);
    if (shared) this.#tell("sight_now", shared);
    else if (back) this.#tell("sight_back", back);
    this.#known = items;
    return fresh.size > 0;
  }

  // Two things of the same kind may look alike, so what was known is counted off one by one.
  #fresh(items) {
    if (!this.#known) return new Set();
    const left = this.#known.map(nameOf);
    return new Set(
      items.filter((item) => {
        const at = left.indexOf(nameOf(item));
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      }),
    );
  }

  #takenBack(items) {
    const still = new Set(items.map(nameOf));
    return this.#known?.find((item) => item.shared && !still.has(nameOf(item)));
  }

  #group(owner, items, fresh) {
    const face = element("span", "face", owner.slice(0, 1));
    face.setAttribute("aria-hidden", "true");
    const title = element("h3", "sight-owner", face, t("sight_owner", { name: owner }));
    const rows = items.map((item) => this.#row(item, fresh.has(item)));
    return element("div", `sight-group ${this.#personOf(owner)}`, title, element("ul", "", ...rows));
  }

  #row(item, isNew) {
    const alone = item.seen_by.length === 1;
    const names = namesOf(item.seen_by);
    const row = element(
      "li", item.shared ? "item item-shared" : "item",
      element("span", "item-kind", local(item.kind)),
      element("span", "item-seen", icon(alone ? "lock" : "eye"), alone ? t("sight_only", { name: names }) : names),
      item.shared && item.text ? element("blockquote", "item-words", t("quote", { text: item.text })) : null,
    );
    row.classList.toggle("item-new", isNew);
    return row;
  }

  #tell(key, item) {
    this.#said.textContent = t(key, { names: namesOf(item.seen_by), kind: local(item.kind) });
  }
}
