// What a script adds to pages that work without one.

const signingIn = /\/connexion(\/|$)/.test(location.pathname);
const stateOf = (one) => (["radio", "checkbox"].includes(one.type) ? one.checked : one.value);

// A second click on a sending button does nothing while the first is under way; going back gives the button back.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (!navigator.onLine) { event.preventDefault(); tell(form, document.body.dataset.offline, "append"); return; }
  form.dataset.sent = "yes";
  const answers = writtenIn(form);
  if (answers.length && !signingIn) {
    sessionStorage.setItem("unsent", JSON.stringify({ path: location.pathname, form: form.action, answers }));
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What was typed comes back when a form could not be sent: its line was cut and one goes Back, or its session was over and one
// has signed in again. It is kept in the tab from the moment of sending until a page of the site answers, those of sign-in
// apart; files, passwords and codes are not kept.
const writtenIn = (form) => [...form.elements]
  .filter((one) => one.id && !["file", "password", "hidden", "submit", "button"].includes(one.type) && one.autocomplete !== "one-time-code")
  .map((one) => [one.id, stateOf(one)]);
function tell(form, text, where) {
  form.querySelector(":scope > [data-told]")?.remove();
  const told = document.createElement("p");
  told.className = "ds-alert g-alert";
  told.dataset.color = "warning";
  told.dataset.told = "";
  told.setAttribute("role", "alert");
  told.textContent = text;
  form[where](told);
}
function giveBack(answers) {
  return answers.filter(([id, state]) => {
    const one = document.getElementById(id);
    if (!one) return true;
    one[typeof state === "boolean" ? "checked" : "value"] = state;
    return false;
  });
}
let unsent = [];
{
  const kept = JSON.parse(sessionStorage.getItem("unsent") ?? "null");
  if (!signingIn) sessionStorage.removeItem("unsent");
  else if (kept) sessionStorage.setItem("unsent", JSON.stringify({ ...kept, over: true }));
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const form = (back || kept?.over) && kept?.path === location.pathname && [...document.forms].find((one) => one.action === kept.form);
  if (form) {
    unsent = giveBack(kept.answers);
    tell(form, document.body.dataset.unsent, "prepend");
    if (document.getElementById("refresh")) addEventListener("load", () => htmx.trigger("#refresh", "refresh"));
  }
}

// An answer that makes other questions appear brings them at once. The page that comes back was made from what had been
// typed when it was asked for: what was typed, ticked or chosen since then stays as it is.
const answersOf = (form) => new Map([...form.elements].filter((one) => one.id).map((one) => [one.id, stateOf(one)]));
let sent = new Map();
let typed = [];

function refresh(event) {
  const answer = event.target;
  if (!answer.matches?.("[data-refreshes]")) return;
  if (event.type === "focusout" && (!sent.has(answer.id) || sent.get(answer.id) === stateOf(answer))) return;
  htmx.trigger("#refresh", "refresh");
}
document.addEventListener("change", refresh);
document.addEventListener("focusout", refresh);
document.addEventListener("htmx:beforeSend", (event) => {
  if (event.target.id === "refresh") sent = answersOf(event.target.closest("form"));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  typed = [];
  const questions = event.target;
  if (questions.id !== "questions") return;
  for (const one of questions.querySelectorAll("input, select, textarea")) {
    const isFile = one.type === "file" && one.files.length > 0;
    if (one.id && (isFile || (sent.has(one.id) && sent.get(one.id) !== stateOf(one)))) typed.push(one);
  }
});
document.addEventListener("htmx:afterSwap", () => {
  unsent = giveBack(unsent);
  for (const old of typed.splice(0)) {
    const fresh = document.getElementById(old.id);
    if (!fresh || fresh === old) continue;
    if (old.type === "file") { fresh.replaceWith(old); continue; }
    if (["radio", "checkbox"].includes(old.type)) { fresh.checked = old.checked; continue; }
    fresh.value = old.value;
    if (fresh === document.activeElement && old.selectionStart !== null && fresh.setSelectionRange) {
      fresh.setSelectionRange(old.selectionStart, old.selectionEnd);
    }
  }
});
