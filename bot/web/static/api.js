// What the page asks of the server, and nothing about how it looks.

/** The server said no (`status` is HTTP's), or could not be reached (`status` is 0). */
export class Refused extends Error {
  constructor(status) {
    super(`refused: ${status}`);
    this.name = "Refused";
    this.status = status;
  }
}

/** One id per thing said or pressed; sent again with the same id it counts once. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function answerOf(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new Refused(0);
  }
}

async function post(url, body) {
  const response = await answerOf(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Refused(response.status);
}

const at = (phone) => `/demo/phones/${encodeURIComponent(phone)}`;

export const say = (phone, id, text) => post(`${at(phone)}/say`, { id, text });

export const press = (phone, id, [token, ...also]) =>
  post(`${at(phone)}/press`, { id, token, also });

export const moveClock = (to) => post("/demo/clock", { to });

export const speak = (phone, language) => post("/demo/language", { phone, language });

export const speakEverywhere = (language) => post("/demo/language", { language });

export const restart = () => post("/demo/restart", {});

export async function state() {
  const response = await answerOf("/demo/state", { cache: "no-store" });
  if (!response.ok) throw new Refused(response.status);
  try {
    return await response.json();
  } catch {
    throw new Refused(0); // the connection broke in the middle
  }
}
