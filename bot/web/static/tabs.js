// On a small screen the two phones and the list take turns; on a large one they stand together.

const SMALL = window.matchMedia("(max-width: 47.99rem)");
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Tabs {
  #bar = document.getElementById("tabs");
  #tabs = [...document.querySelectorAll("[role=tab]")];
  #chosen = this.#tabs[0];

  constructor() {
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.#open(tab));
    this.#bar.addEventListener("keydown", (event) => this.#key(event));
    SMALL.addEventListener("change", () => this.#arrange());
    this.#arrange();
  }

  /** Something new in a panel that is not shown: a mark on its tab. */
  mark(panel) {
    const tab = this.#tabs.find((each) => each.getAttribute("aria-controls") === panel);
    if (tab && tab !== this.#chosen) tab.querySelector(".tab-new").hidden = false;
  }

  #panelOf(tab) {
    return document.getElementById(tab.getAttribute("aria-controls"));
  }

  // Chosen by hand, the panel comes up to fill the screen.
  #open(tab) {
    this.#choose(tab);
    const behavior = STILL.matches ? "auto" : "smooth";
    document.querySelector(".stage").scrollIntoView({ block: "start", behavior });
  }

  #choose(tab) {
    this.#chosen = tab;
    this.#arrange();
    const log = this.#panelOf(tab).querySelector(".log");
    if (log) log.scrollTop = log.scrollHeight;
  }

  #arrange() {
    this.#bar.hidden = !SMALL.matches;
    for (const tab of this.#tabs) {
      const chosen = tab === this.#chosen;
      const panel = this.#panelOf(tab);
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      if (chosen || !SMALL.matches) tab.querySelector(".tab-new").hidden = true;
      panel.hidden = SMALL.matches && !chosen;
      if (SMALL.matches) panel.setAttribute("role", "tabpanel");
      else panel.removeAttribute("role");
    }
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const count = this.#tabs.length;
    const next = this.#tabs[(this.#tabs.indexOf(this.#chosen) + step + count) % count];
    this.#choose(next);
    next.focus();
  }
}
