// The stream of what happens, kept alive across lost connections and restarts of the server.

import { Refused, state } from "./api.js";

const SHOW_LOST_AFTER = 700;
const TRY_AGAIN_AFTER = [400, 800, 1200, 2000];

const parsed = (event) => JSON.parse(event.data);

/**
 * Follows the server. `on.all(state)` is the whole picture, at first and after every break;
 * `on.message`, `on.settle` and `on.state` are what is new since; `on.lost()` and `on.back()`
 * tell of the connection. A break never ends in a gap or a double: the whole picture is
 * fetched again and the stream taken up after its `seq`.
 */
export class Events {
  #on;
  #source = null;
  #tries = 0;
  #lostTimer = 0;
  #lost = false;
  #run = 0;

  constructor(on) {
    this.#on = on;
  }

  /** Fetches the whole picture and follows from there; also used after starting over. */
  async begin() {
    const run = ++this.#run;
    this.#source?.close();
    try {
      const all = await state();
      if (run !== this.#run) return;
      this.#on.all(all);
      this.#listen(all, run);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (run === this.#run) this.#later();
    }
  }

  #listen({ seq, act }, run) {
    const source = new EventSource(`/demo/events?after=${seq}&act=${act}`);
    this.#source = source;
    source.onopen = () => this.#isBack();
    source.onerror = () => {
      source.close();
      if (run === this.#run) this.#later();
    };
    source.addEventListener("message", (event) => this.#on.message(parsed(event)));
    source.addEventListener("settle", (event) => this.#on.settle(parsed(event)));
    source.addEventListener("state", (event) => this.#on.state(parsed(event)));
    source.addEventListener("restart", () => this.begin());
  }

  #later() {
    if (!this.#lostTimer) {
      this.#lostTimer = setTimeout(() => {
        this.#lost = true;
        this.#on.lost();
      }, SHOW_LOST_AFTER);
    }
    const wait = TRY_AGAIN_AFTER[Math.min(this.#tries++, TRY_AGAIN_AFTER.length - 1)];
    setTimeout(() => this.begin(), wait);
  }

  #isBack() {
    clearTimeout(this.#lostTimer);
    this.#lostTimer = 0;
    this.#tries = 0;
    if (this.#lost) this.#on.back();
    this.#lost = false;
  }
}
