// Tells Python which of the chosen keys was pressed while the pupil works in this widget, which begins when it is shown,
// and says whether it listens. It does so before the notebook, which turns a cell into a heading when somebody presses 1.
const DOUBLE = 250; // milliseconds between the clicks of a double click

function render({ model, el }) {
  const box = () => el.closest(".facelab");
  const words = model.get("words");
  const note = make("p", { className: "facelab-note" });
  note.setAttribute("role", "status");
  el.append(note);
  let here = false; // whether the pupil was here last
  let tabbed = false;

  function settle(now) {
    if (now === here) return;
    here = now;
    note.textContent = here ? words.keys_on : words.keys_off;
    if (here) document.dispatchEvent(new CustomEvent("facelab-keys", { detail: el })); // no other widget has them now
  }

  // Running a cell leaves the focus on the next one, and a button that is switched off by its own press loses it to
  // nobody: then the keys are still for this widget, as long as it can be seen and nothing is being written.
  function isOurs(place) {
    if (box()?.contains(place)) return true;
    const { top, bottom } = box()?.getBoundingClientRect() ?? { top: 1, bottom: 0 };
    return here && top < innerHeight && bottom > 0 && !place.closest("input, select, textarea, [contenteditable=true], [role=dialog], .facelab");
  }

  function press(event) {
    tabbed = event.key === "Tab";
    const isModifier = ["Shift", "Control", "Alt", "Meta"].includes(event.key);
    if (!box()?.contains(event.target) && !isModifier && !model.get("names").includes(event.key)) settle(false);
    if (!isOurs(event.target) || ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName)) return;
    if (event.target.closest("[data-own-keys]")?.dataset.ownKeys.includes(event.key)) return;
    if (event.key.startsWith("Arrow") && event.target.closest("[role=checkbox], [role=radio], [role=slider]")) return;
    if (!model.get("names").includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    model.send({ key: event.key });
  }

  // A click on the picture must bring the keys to this widget, so its box has to be able to take the focus.
  function focus(event) {
    settle(Boolean(box()?.contains(event.target)));
    if (!here) return;
    box().tabIndex = -1;
    if (!event.target.closest("button, input, select, a, summary")) setTimeout(() => box()?.focus({ preventScroll: true }));
  }

  // A double click means one label: the second click would give it to the next face, which nobody has seen yet.
  let clicked = -Infinity;
  function count(event) {
    if (!box()?.contains(event.target) || !event.target.closest(".facelab-expression")) return;
    if (event.detail > 1 && event.timeStamp - clicked < DOUBLE) event.stopImmediatePropagation();
    clicked = event.timeStamp;
  }

  function follow(event) {
    if (box()?.contains(event.target)) settle(true);
    else if (tabbed) settle(false);
  }

  const yieldTo = (event) => event.detail !== el && settle(false);
  document.addEventListener("facelab-keys", yieldTo);
  document.addEventListener("keydown", press, true);
  document.addEventListener("click", count, true);
  document.addEventListener("pointerdown", focus, true);
  document.addEventListener("focusin", follow);
  settle(true);
  return () => {
    document.removeEventListener("facelab-keys", yieldTo);
    document.removeEventListener("keydown", press, true);
    document.removeEventListener("click", count, true);
    document.removeEventListener("pointerdown", focus, true);
    document.removeEventListener("focusin", follow);
  };
}

export default { render };
