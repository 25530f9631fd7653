// One message as an element.

import { answerOf, choicesOf } from "./choices.js";
import { paragraphs } from "./text.js";
import { element, icon, t } from "./words.js";

const KEPT_TO_ONESELF = /^(kun|only)\b/i;

function sightOf(text) {
  const name = KEPT_TO_ONESELF.test(text) ? "lock" : "eye";
  return element("p", "bubble-sight", icon(name), text);
}

function pictureOf({ url, alt }) {
  const picture = element("img", "picture");
  picture.src = url;
  picture.alt = alt;
  return picture;
}

function filesOf(files) {
  const links = files.map(({ url, name }) => {
    const link = element("a", "button", icon("file"), name);
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener";
    return link;
  });
  return element("div", "files", ...links);
}

function bubbleOf(message, sender) {
  return element(
    "div", "bubble",
    element("span", "unseen", `${sender}: `),
    ...paragraphs(message.spans),
    message.sight ? sightOf(message.sight) : null,
  );
}

function answersOf(message, press) {
  if (message.settled) return answerOf(message.settled);
  return message.choices?.length ? choicesOf(message, press) : null;
}

/** `name` is whose phone it is; `press(message, tokens, group)` is told of a choice. */
export function messageOf(message, name, press) {
  const own = message.from === "person";
  return element(
    "div", `message message-${own ? "person" : "bot"}`,
    bubbleOf(message, own ? name : t("from_bot")),
    message.picture ? pictureOf(message.picture) : null,
    message.files?.length ? filesOf(message.files) : null,
    answersOf(message, (tokens, group) => press(message, tokens, group)),
  );
}
