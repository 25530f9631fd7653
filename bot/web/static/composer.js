// Where one writes: grows with the text, keeps it until it has arrived.

import { newId } from "./api.js";
import { t } from "./words.js";

const LONGEST = 8000;
const TELL_WHEN_LEFT = 400;

// A longer text is not cut off, as `maxlength` would do with what is pasted: one sees how much too
// long it is, and sends it anyway if one likes.
const leftOf = (left) => (left < 0 ? t("say_over", { count: -left }) : t("say_left", { count: left }));

export class Composer {
  #form;
  #area;
  #date;
  #left;
  #longest = LONGEST;
  #send;
  #unsent = { id: "", text: "" };
  #sending = false;

  /** `send(id, text)` resolves when the server has it and rejects when it has not. */
  constructor(root, send) {
    this.#form = root.querySelector(".say");
    this.#area = root.querySelector("textarea");
    this.#date = root.querySelector(".say-date");
    this.#left = root.querySelector(".say-left");
    this.#send = send;
    this.#listen(root);
  }

  #listen(root) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.#area.addEventListener("input", () => this.#grow());
    this.#date.querySelector("input").addEventListener("change", (event) => {
      this.#put(event.target.value);
      this.#area.focus();
    });
    for (const word of root.querySelectorAll(".quick button")) {
      word.addEventListener("click", () => this.#say(word.textContent));
    }
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  /** What the latest message waits for: a placeholder, a length, perhaps a date. */
  expect(input) {
    this.#area.placeholder = input?.placeholder || t("say_placeholder");
    this.#longest = input?.max ?? LONGEST;
    this.#date.hidden = input?.kind !== "date";
  }

  /** Sends what is written; also the way to try again. */
  async submit() {
    const text = this.#area.value.trim();
    if (!text || this.#sending) return;
    if (await this.#say(text)) this.#clear(text);
  }

  async #say(text) {
    if (this.#sending) return false;
    if (this.#unsent.text !== text) this.#unsent = { id: newId(), text };
    this.#sending = true;
    try {
      await this.#send(this.#unsent.id, text);
      this.#unsent = { id: "", text: "" };
      return true;
    } catch {
      if (!this.#area.value) this.#put(text);
      return false;
    } finally {
      this.#sending = false;
    }
  }

  #clear(sent) {
    if (this.#area.value.trim() === sent) this.#put("");
    this.#date.querySelector("input").value = "";
  }

  #put(text) {
    this.#area.value = text;
    this.#grow();
  }

  #grow() {
    if (!CSS.supports("field-sizing", "content")) {
      this.#area.style.height = "auto";
      this.#area.style.height = `${this.#area.scrollHeight + 2}px`;
    }
    const { length } = this.#area.value;
    const left = this.#longest - length;
    this.#left.textContent = length && left <= TELL_WHEN_LEFT ? leftOf(left) : "";
  }
}
