// The history in one phone: in order, without doubles, and never scrolled away from a reader.

import { answerOf } from "./choices.js";
import { messageOf } from "./message.js";
import { element, local, t } from "./words.js";

const NEAR_THE_END = 90;
const PAUSE = 10 * 60_000; // from which on the time is told again

// The newest question is the current one even when it is answered or waits for words: an
// older one left open keeps its buttons, but does not come forward again.
const asks = (message) => message.from === "bot" && (message.choices?.length || message.input);

const pausedBetween = (before, at) =>
  Date.parse(at) - Date.parse(before) >= PAUSE || before.slice(0, 10) !== at.slice(0, 10);

export class Log {
  #root;
  #newer;
  #name;
  #press;
  #shown = new Map();
  #following = true; // until somebody scrolls up
  #size = "";
  #typing = element("div", "typing", element("i"), element("i"), element("i"));

  /** `press(message, tokens, group)` is told of a choice. */
  constructor(root, name, press) {
    this.#root = root.querySelector(".log");
    this.#newer = root.querySelector(".log-newer");
    this.#name = name;
    this.#press = press;
    this.#typing.setAttribute("aria-hidden", "true");
    this.#newer.addEventListener("click", () => this.toEnd());
    this.#root.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#follow()).observe(this.#root);
  }

  /** Makes the history exactly `messages`, leaving what is already right untouched. */
  show(messages) {
    this.#root.setAttribute("aria-busy", "true");
    const keys = new Set(messages.map((message) => message.key));
    for (const [key, { node }] of this.#shown) {
      if (keys.has(key)) continue;
      node.remove();
      this.#shown.delete(key);
    }
    for (const message of messages) this.#put(message);
    this.#arrange();
    this.toEnd();
    this.#root.setAttribute("aria-busy", "false");
  }

  /** Takes in one message; says whether it was new. */
  add(message) {
    const isNew = !this.#shown.has(message.key);
    const node = this.#put(message);
    if (isNew) node.classList.add("message-new");
    this.#arrange();
    if (this.#following || message.from === "person") this.toEnd();
    else if (isNew) this.#newer.hidden = false;
    return isNew;
  }

  /** A question was answered: its buttons give way to the answer. */
  settle(key, label) {
    const known = this.#shown.get(key);
    if (!known) return;
    known.message = { ...known.message, settled: label };
    const group = known.node.querySelector(".choices");
    const answer = answerOf(label);
    const hadFocus = group?.contains(document.activeElement);
    if (group) group.replaceWith(answer);
    else if (!known.node.querySelector(".answered")) known.node.append(answer);
    if (hadFocus) answer.focus({ preventScroll: true });
    known.text = JSON.stringify(known.message);
    this.#arrange();
    this.#follow();
  }

  /** The newest message of the bot, or undefined. */
  latest() {
    return this.#ordered().findLast(({ message }) => message.from === "bot")?.message;
  }

  /** Whether the newest message is a question that waits for an answer. */
  get asking() {
    const last = this.#ordered().at(-1)?.message;
    return Boolean(last && asks(last) && !last.settled);
  }

  /** Whether the person has said or pressed anything. */
  get begun() {
    return [...this.#shown.values()].some(({ message }) => message.from === "person" || message.settled);
  }

  waiting(on) {
    if (on) this.#root.append(this.#typing);
    else this.#typing.remove();
    if (on) this.toEnd();
  }

  toEnd() {
    this.#root.scrollTop = this.#root.scrollHeight;
    this.#size = `${this.#root.scrollHeight} ${this.#root.clientHeight}`;
    this.#newer.hidden = true;
    this.#following = true;
  }

  // The browser scrolls too, when the history or its frame changes size: only a person, while
  // neither does, leaves the end.
  #scrolled() {
    const { scrollHeight, clientHeight } = this.#root;
    const size = `${scrollHeight} ${clientHeight}`;
    if (this.#atEnd()) this.#newer.hidden = this.#following = true;
    else if (size === this.#size) this.#following = false;
    else this.#follow();
    this.#size = size;
  }

  // What grows (a picture) or shrinks (the composer, the window) must not hide the newest.
  #follow() {
    if (this.#following) this.toEnd();
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#root;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  #ordered() {
    return [...this.#shown.values()].sort((one, other) => one.message.seq - other.message.seq);
  }

  #put(message) {
    const text = JSON.stringify(message);
    const known = this.#shown.get(message.key);
    if (known?.text === text) return known.node;
    const node = messageOf(message, this.#name, this.#press);
    node.querySelector("img")?.addEventListener("load", () => this.#follow(), { once: true });
    if (known) known.node.replaceWith(node);
    this.#shown.set(message.key, { message, text, node });
    if (!known) this.#insert(node, message.seq);
    return node;
  }

  #insert(node, seq) {
    const later = this.#ordered().find(({ message }) => message.seq > seq)?.node ?? null;
    const before = later ?? (this.#typing.isConnected ? this.#typing : null);
    this.#root.insertBefore(node, before);
  }

  // Times between messages, the empty state and which buttons are current follow from the whole.
  #arrange() {
    const ordered = this.#ordered();
    this.#root.querySelectorAll(".when, .log-empty").forEach((node) => node.remove());
    if (!ordered.length) this.#root.prepend(element("p", "log-empty", t("log_empty")));
    let before = "";
    for (const { node, message } of ordered) {
      if (!before || pausedBetween(before, message.at)) {
        node.before(element("p", "when", local(message.at_label)));
      }
      before = message.at;
    }
    const current = ordered.findLast(({ message }) => asks(message));
    for (const entry of ordered) {
      entry.node.querySelector(".choices")?.classList.toggle("choices-old", entry !== current);
    }
  }
}
