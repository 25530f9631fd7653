// One phone: its conversation, its composer, its own pages.

import * as api from "./api.js";
import { setBusy } from "./choices.js";
import { Composer } from "./composer.js";
import { showCurve } from "./curve.js";
import { Log } from "./log.js";
import { t } from "./words.js";

const ANSWER_WITHIN = 8000;
const OTHER = { da: "en", en: "da" };
const TOO_LONG = [413, 422];

const why = (failed, status) =>
  TOO_LONG.includes(status) && failed === "say_failed" ? t("say_too_long") : t(failed);

export class Phone {
  #root;
  #log;
  #composer;
  #notice;
  #speak;
  #farewell;
  #retry = () => {};
  #busy = null;
  #timer = 0;
  #unsent = new Map();

  constructor(root) {
    this.#root = root;
    this.id = root.dataset.phone;
    this.name = root.dataset.name;
    this.#notice = root.querySelector(".notice");
    this.#speak = root.querySelector(".phone-speak");
    this.#farewell = root.querySelector(".farewell");
    this.#log = new Log(root, this.name, (message, tokens, group) => this.#press(tokens, group));
    this.#composer = new Composer(root, (id, text) => this.#say(id, text));
    this.#notice.querySelector("button").addEventListener("click", () => this.#again());
    this.#speak.addEventListener("click", () => this.#changeLanguage());
    root.querySelector("[data-hint=curve]").addEventListener("click", (event) => {
      event.preventDefault();
      showCurve(event.currentTarget.href, this.name);
    });
  }

  show({ messages, hints }) {
    this.#release();
    this.#links(hints);
    this.#log.show(messages);
    this.#composer.expect(this.#log.latest()?.input);
  }

  /** Whether there is still somebody, and which language they speak. */
  person({ here, language }) {
    if (here) this.#languageIs(language);
    if (here !== this.#farewell.hidden) this.#leave(!here);
  }

  get asking() {
    return this.#log.asking;
  }

  get begun() {
    return this.#log.begun;
  }

  // Everything about the person is erased: nothing of it stays on the page either.
  #leave(gone) {
    const focused = this.#root.contains(document.activeElement);
    this.#farewell.hidden = !gone;
    for (const part of this.#root.querySelectorAll(".log, .phone-foot, .phone-links")) part.hidden = gone;
    if (!gone) return;
    this.show({ messages: [], hints: {} });
    this.#speak.hidden = true;
    if (focused) this.#farewell.querySelector("h3").focus();
  }

  /** Takes in one message; says whether it was new. */
  add(message) {
    if (message.from === "bot") this.#release();
    const isNew = this.#log.add(message);
    this.#composer.expect(this.#log.latest()?.input);
    return isNew;
  }

  settle(key, label) {
    this.#log.settle(key, label);
  }

  #links(hints) {
    for (const link of this.#root.querySelectorAll("[data-hint]")) {
      const url = hints[link.dataset.hint];
      link.hidden = !url;
      if (url) link.href = url;
    }
  }

  #languageIs(language) {
    const other = OTHER[language];
    this.#speak.hidden = !other;
    if (!other) return;
    this.#root.querySelector(".log").lang = language;
    this.#speak.lang = other;
    this.#speak.dataset.language = other;
    this.#speak.textContent = t(`speak_${other}`);
    this.#speak.setAttribute("aria-label", `${t(`speak_${other}`)} (${t("phone_of", { name: this.name })})`);
  }

  async #changeLanguage() {
    const language = this.#speak.dataset.language;
    await this.#attempt(() => api.speak(this.id, language), "say_failed", () => this.#changeLanguage());
    if (this.#notice.hidden) this.#languageIs(language);
  }

  async #say(id, text) {
    const arrived = await this.#attempt(
      () => api.say(this.id, id, text), "say_failed", () => this.#composer.submit(),
    );
    if (!arrived) throw new api.Refused(0);
  }

  async #press(tokens, group) {
    const name = tokens.join(" ");
    const id = this.#unsent.get(name) ?? api.newId();
    this.#unsent.set(name, id);
    this.#hold(group, tokens);
    const arrived = await this.#attempt(
      () => api.press(this.id, id, tokens), "press_failed", () => this.#press(tokens, group),
    );
    if (arrived) this.#unsent.delete(name);
    else this.#release();
  }

  async #attempt(act, failed, retry) {
    this.#notice.hidden = true;
    this.#wait(true);
    try {
      await act();
      return true;
    } catch (error) {
      if (!(error instanceof api.Refused)) throw error;
      this.#wait(false);
      this.#tell(why(failed, error.status), retry);
      return false;
    }
  }

  #tell(text, retry) {
    this.#retry = retry;
    this.#notice.querySelector(".notice-text").textContent = text;
    this.#notice.hidden = false;
  }

  #again() {
    this.#root.querySelector("textarea").focus();
    this.#retry();
  }

  #hold(group, tokens) {
    this.#release();
    this.#busy = group;
    setBusy(group, tokens);
  }

  #release() {
    this.#wait(false);
    if (this.#busy) setBusy(this.#busy, []);
    this.#busy = null;
  }

  #wait(on) {
    clearTimeout(this.#timer);
    this.#log.waiting(on);
    if (on) this.#timer = setTimeout(() => this.#release(), ANSWER_WITHIN);
  }
}
