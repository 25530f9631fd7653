// The page's language and sentences, and elements that take text and never markup.

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

/** The same text for a label: short enough to hear. */
export function spoken(spans) {
  const plain = spans.map(([text]) => text).join("").replace(/\s+/g, " ").trim();
  return plain.length > 90 ? `${plain.slice(0, 88)}…` : plain;
}
