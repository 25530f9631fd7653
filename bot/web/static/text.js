// The bot's words as safe nodes: bold, italic, paragraphs, and lists where it lists something.

import { element } from "./words.js";

const TAGS = { bold: "strong", italic: "em" };
const BULLET = /^\u00b7\s+/;

function linkTo(address) {
  const link = element("a", "", address);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

/** The pieces of a message as nodes: what somebody wrote is text and never markup. */
function styled([text, style]) {
  if (style === "link") return linkTo(text);
  return TAGS[style] ? element(TAGS[style], "", text) : text;
}

const textOf = (line) => line.map(([text]) => text).join("");

/** `spans` cut at every line break: a list of lines, each a list of [text, style]. */
function linesOf(spans) {
  const lines = [[]];
  for (const [text, style] of spans) {
    text.split("\n").forEach((piece, at) => {
      if (at > 0) lines.push([]);
      if (piece) lines.at(-1).push([piece, style]);
    });
  }
  return lines;
}

function withoutBullet(line) {
  const [[first, style], ...rest] = line;
  return [[first.replace(BULLET, ""), style], ...rest];
}

function kindOf(line) {
  if (!line.length) return "gap";
  if (BULLET.test(textOf(line))) return "item";
  return line.every(([text, style]) => style === "bold" || !text.trim()) ? "head" : "line";
}

function paragraphOf(lines) {
  const parts = lines.flatMap((line, at) => [...(at ? ["\n"] : []), ...line.map(styled)]);
  return element("p", "", ...parts);
}

const MADE = {
  head: (lines) => lines.map((line) => element("p", "bubble-head", ...line.map(styled))),
  item: (lines) => [
    element("ul", "bubble-list", ...lines.map((line) => element("li", "", ...withoutBullet(line).map(styled)))),
  ],
  line: (lines) => [paragraphOf(lines)],
  gap: () => [],
};

/**
 * A message from its `spans`, [text, style] each. A blank line divides paragraphs, a line that
 * is all bold is a heading when more follows, and lines that begin with a middle dot are a list.
 */
export function paragraphs(spans) {
  const lines = linesOf(spans);
  const alone = lines.filter((line) => line.length).length === 1;
  const runs = [];
  for (const line of lines) {
    const kind = alone ? "line" : kindOf(line);
    if (runs.at(-1)?.kind === kind) runs.at(-1).lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  return runs.flatMap(({ kind, lines: own }) => MADE[kind](own));
}
