// Which panels are shown. On a small screen all of them take turns; on a large one the first phone
// and the list of who can see what stand still, and the other phones take turns between them.

const SMALL = window.matchMedia("(max-width: 47.99rem)");
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Tabs {
  #bar = document.getElementById("tabs");
  #tabs = [...document.querySelectorAll("[role=tab]")];
  #alone = this.#tabs[0];
  #beside = this.#tabs.find((tab) => "turn" in tab.dataset);

  constructor() {
    for (const tab of this.#tabs) tab.addEventListener("click", () => this.#open(tab));
    this.#bar.addEventListener("keydown", (event) => this.#key(event));
    SMALL.addEventListener("change", () => this.#arrange());
    this.#arrange();
  }

  /** Something new in a panel: a mark on its tab while it is not shown. */
  mark(panel) {
    const tab = this.#tabs.find((each) => each.getAttribute("aria-controls") === panel);
    if (tab && this.#panelOf(tab).hidden) tab.querySelector(".tab-new").hidden = false;
  }

  #panelOf(tab) {
    return document.getElementById(tab.getAttribute("aria-controls"));
  }

  #takesTurns(tab) {
    return SMALL.matches || "turn" in tab.dataset;
  }

  // Chosen by hand on a small screen, the panel comes up to fill it.
  #open(tab) {
    this.#choose(tab);
    if (!SMALL.matches) return;
    const behavior = STILL.matches ? "auto" : "smooth";
    document.querySelector(".stage").scrollIntoView({ block: "start", behavior });
  }

  #choose(tab) {
    this.#alone = tab;
    if ("turn" in tab.dataset) this.#beside = tab;
    this.#arrange();
    const log = this.#panelOf(tab).querySelector(".log");
    if (log) log.scrollTop = log.scrollHeight;
  }

  #arrange() {
    const shown = SMALL.matches ? this.#alone : this.#beside;
    for (const tab of this.#tabs) {
      const turns = this.#takesTurns(tab);
      const panel = this.#panelOf(tab);
      tab.hidden = !turns;
      tab.setAttribute("aria-selected", String(tab === shown));
      tab.tabIndex = tab === shown ? 0 : -1;
      panel.hidden = turns && tab !== shown;
      if (!panel.hidden) tab.querySelector(".tab-new").hidden = true;
      if (turns) panel.setAttribute("role", "tabpanel");
      else panel.removeAttribute("role");
    }
  }

  #key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = this.#tabs.filter((tab) => !tab.hidden);
    const at = tabs.indexOf(document.activeElement);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    this.#choose(next);
    next.focus();
  }
}
