// Tells Python which of the chosen keys was pressed while the pupil works in this widget. It listens before the notebook
// does, for the notebook turns a cell into a heading when somebody presses 1.
const DOUBLE = 250; // milliseconds between the clicks of a double click

function render({ model, el }) {
  const box = () => el.closest(".facelab");
  let here = false; // whether the pupil was here last
  const follow = (event) => (here = Boolean(box()?.contains(event.target)));

  // A button that is switched off by its own press loses the focus to nobody: then the keys are still for this widget.
  const isOurs = (place) => box()?.contains(place) || (here && place === document.body);

  function press(event) {
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
    if (!box()?.contains(event.target)) return;
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

  document.addEventListener("keydown", press, true);
  document.addEventListener("click", count, true);
  document.addEventListener("pointerdown", focus, true);
  document.addEventListener("focusin", follow);
  return () => {
    document.removeEventListener("keydown", press, true);
    document.removeEventListener("click", count, true);
    document.removeEventListener("pointerdown", focus, true);
    document.removeEventListener("focusin", follow);
  };
}

export default { render };
