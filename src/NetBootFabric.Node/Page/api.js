import { askToken } from "./signin.js";

const API = "/api/v1";

// What went wrong with a call, as the head node says it.
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export const get = path => call("GET", path);

// Changes something: the header tells the head node that this page asks, and not another site by way of the browser.
export const change = (method, path, body, headers = {}) => call(method, path, {
  headers: { "X-Requested-With": "pbm", ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
  body: body === undefined ? undefined : JSON.stringify(body),
});

export async function signIn(token) {
  const response = await fetch(`${API}/session`, { method: "POST", headers: { "Content-Type": "application/json", "X-Requested-With": "pbm" }, body: JSON.stringify({ token }) });
  if (!response.ok) throw await refusal(response);
}

async function call(method, path, options = {}) {
  for (;;) {
    const response = await fetch(API + path, { method, ...options });
    if (response.status === 401) {
      await askToken(await refusal(response));
      continue;
    }
    if (!response.ok) throw await refusal(response);
    return response.status === 204 ? null : response.json();
  }
}

async function refusal(response) {
  let said = "";
  try {
    said = (await response.json()).error;
  } catch {
    // Not from the API.
  }
  return new Refused(response.status, said || `the head node answered ${response.status}`);
}
