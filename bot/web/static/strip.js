// The movable clock and what is planned.

import * as api from "./api.js";
import { showCourses } from "./course.js";
import { showDays } from "./days.js";
import { element, local, t } from "./words.js";

const SETTLED_WITHIN = 5000;
const AT_A_TIME = 4;

export class Strip {
  #root = document.getElementById("strip");
  #said = document.getElementById("clock-said");
  #list = document.getElementById("planned");
  #more = document.getElementById("planned-more");
  #personOf;
  #moves = 0;
  #label = "";
  #done = null;
  #on;

  /**
   * `personOf(name)` is the colour class of a person, or "". `on.leave()` and `on.arrive(now)` are
   * told when the clock is moved from here and when it stands again.
   */
  constructor(personOf, on) {
    this.#personOf = personOf;
    this.#on = on;
    for (const button of this.#root.querySelectorAll("[data-to]")) {
      button.addEventListener("click", () => this.#move(button.dataset.to));
    }
    this.#more.addEventListener("click", () => this.#toggle());
  }

  show({ now, now_label: label, now_day: day, now_time: time, planned, courses, working, moves }) {
    const moved = this.#moves !== moves;
    this.#moves = moves;
    this.#label = local(label);
    this.#face(local(day), local(time));
    this.#plans(planned);
    showDays(now, planned, courses);
    showCourses(courses);
    if (moved) this.#done?.();
    if (!this.#done) this.#busy(working);
  }

  #face(day, time) {
    const clock = document.getElementById("clock");
    clock.querySelector(".clock-time").textContent = time;
    clock.querySelector(".clock-date").textContent = day;
  }

  #plans(planned) {
    const items = planned.map((plan) => this.#plan(plan));
    const none = element("li", "planned-none", t("planned_none"));
    this.#list.replaceChildren(...(items.length ? items : [none]));
    this.#more.hidden = items.length < 2;
    this.#more.classList.toggle("planned-few", items.length > 2 && items.length <= AT_A_TIME);
    this.#more.classList.toggle("planned-pair", items.length === 2);
    this.#name(items.length);
  }

  #plan({ at_label: at, who, what }) {
    return element(
      "li", `plan ${this.#personOf(who)}`,
      element("span", "plan-when", local(at)),
      element("span", "plan-who", who), " · ", local(what),
    );
  }

  #name(count) {
    const open = this.#list.classList.contains("planned-open");
    this.#more.textContent = open ? t("planned_fewer") : t("planned_all", { count });
    this.#more.setAttribute("aria-expanded", String(open));
  }

  #toggle() {
    this.#list.classList.toggle("planned-open");
    this.#name(this.#list.children.length);
  }

  async #move(to) {
    if (this.#done) return;
    this.#busy(true);
    this.#on.leave();
    this.tell(t("clock_working"), false);
    const moved = new Promise((resolve) => {
      this.#done = resolve;
    });
    try {
      await api.moveClock(to);
      await Promise.race([moved, new Promise((resolve) => setTimeout(resolve, SETTLED_WITHIN))]);
      this.tell(t("clock_at", { now: this.#label }), false);
      this.#on.arrive(this.#label);
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
      this.tell(t("clock_failed"), true);
    } finally {
      this.#done = null;
      this.#busy(false);
    }
  }

  #busy(on) {
    this.#root.setAttribute("aria-busy", String(on));
    for (const button of this.#root.querySelectorAll("[data-to]")) {
      button.setAttribute("aria-disabled", String(on));
    }
  }

  tell(text, failed) {
    this.#said.classList.toggle("strip-failed", failed);
    this.#said.textContent = text;
  }
}
