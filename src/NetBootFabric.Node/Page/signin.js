import { byId, el, fill, say } from "./dom.js";
import { signIn } from "./api.js";

// The token in the address goes into a cookie that scripts can't read, and out of the address: it must not be in the history or in a picture of the screen.
export async function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (!token) return;
  history.replaceState(null, "", location.pathname + location.search);
  try {
    await signIn(token);
  } catch {
    // The page then asks for another one.
  }
}

let asking = null;

// Resolves once the head node knows who is here; all calls that wait for it go on together.
export function askToken(refusal) {
  asking ??= new Promise(resolve => show(refusal, resolve)).finally(() => asking = null);
  return asking;
}

function show(refusal, done) {
  const dialog = byId("sign-in"), said = el("p", { class: "said bad", role: "alert" }), token = el("input", { type: "password", name: "token", autocomplete: "current-password", required: true, "aria-label": "Token" });
  const button = el("button", { type: "submit" }, "Sign in");
  const form = el("form", {}, token, button, said);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    button.disabled = true;
    try {
      await signIn(token.value.trim());
      dialog.close();
      done();
    } catch (wrong) {
      say(said, wrong.status === 404 ? refusal.message : wrong.message);
    }
    button.disabled = false;
  });
  dialog.oncancel = event => event.preventDefault();
  fill(dialog, el("h2", { id: "sign-in-title" }, "Sign in"), el("p", { class: "quiet" }, "This head node wants a token. As root on it, pbm page prints an address that has one; pbm token add makes more."), form);
  if (!dialog.open) dialog.showModal();
  token.focus();
}
