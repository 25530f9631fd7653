// The page's language and sentences, and the bot's bold and italic as safe nodes.

const texts = JSON.parse(document.body.dataset.texts);

export const lang = document.documentElement.lang;

/** A sentence of the page, with `{name}` and the like filled in. */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A label that the server sends in both languages. */
export const local = (label) => label?.[lang] ?? label?.da ?? "";

/** "Mette", "Mette og Karin", "A, B og C". */
export function namesOf(names) {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${t("sight_and")} ${names.at(-1)}`;
}

/** `element("p", "bubble", child, "text")`; strings become text, never markup. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

const MARKS = /\*\*(?=\S)([^*]+?)\*\*|\*(?=\S)([^*\n]+?)\*/g;

function marked(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(MARKS)) {
    nodes.push(text.slice(end, found.index));
    nodes.push(found[1] ? element("strong", "", found[1]) : element("em", "", found[2]));
    end = found.index + found[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

/** Paragraphs of a message: blank lines divide, `**bold**` and `*italic*` are shown. */
export const paragraphs = (text) =>
  text.split(/\n{2,}/).map((part) => element("p", "", ...marked(part)));

/** The same text for a label: no marks, short enough to hear. */
export function spoken(text) {
  const plain = text.replace(MARKS, (_, bold, italic) => bold ?? italic).replace(/\s+/g, " ").trim();
  return plain.length > 90 ? `${plain.slice(0, 88)}…` : plain;
}
