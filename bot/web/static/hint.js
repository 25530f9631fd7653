// One line that says what one could do now: for whoever sees the page for the first time.

import { namesOf, t } from "./words.js";

/** From what the phones show: where to begin, whom a question waits for, or that all is quiet. */
export function hintOf(phones) {
  const waiting = phones.filter((phone) => phone.asking).map(({ name }) => name);
  if (!phones.some((phone) => phone.begun) && waiting.length) {
    return t("hint_begin", { name: waiting[0] });
  }
  return waiting.length ? t("hint_waits", { names: namesOf(waiting) }) : t("hint_quiet");
}
