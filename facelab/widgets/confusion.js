// The confusion matrix as a table of buttons. The arrow keys go from cell to cell, so that the Tab key need not stop at
// each; enter or a click opens one.
function render({ model, el }) {
  const table = make("table", { className: "facelab-matrix" });
  table.setAttribute("role", "grid");
  table.dataset.lmSuppressShortcuts = "true"; // the notebook would take the arrow keys
  el.append(table);
  let here = [0, 0]; // where the arrow keys are
  let buttons = [];

  function makeHead(text, scope) {
    const head = make("th", { scope, textContent: text });
    head.setAttribute("role", scope === "col" ? "columnheader" : "rowheader");
    return head;
  }

  function makeCell({ count, kind, name }, row, column) {
    const button = make("button", { type: "button", textContent: count, title: name, className: `facelab-button facelab-cell facelab-${kind}` });
    button.setAttribute("aria-label", name);
    button.onfocus = () => { here = [row, column]; mark(); };
    button.onclick = () => {
      button.focus();
      model.set("chosen", [row, column]);
      model.save_changes();
      model.send({ open: [row, column] });
    };
    buttons[row][column] = button;
    const cell = make("td", {}, [button]);
    cell.setAttribute("role", "gridcell");
    return cell;
  }

  function makeRow({ name, cells }, row) {
    buttons[row] = [];
    return make("tr", {}, [makeHead(name, "row"), ...cells.map((cell, column) => makeCell(cell, row, column))]);
  }

  function draw() {
    table.setAttribute("aria-label", model.get("label"));
    buttons = [];
    const head = make("tr", {}, [makeHead(model.get("corner"), "col"), ...model.get("columns").map((name) => makeHead(name, "col"))]);
    table.replaceChildren(make("thead", {}, [head]), make("tbody", {}, model.get("rows").map(makeRow)));
    mark();
  }

  function mark() {
    buttons.flat().forEach((button) => (button.tabIndex = -1));
    buttons[here[0]][here[1]].tabIndex = 0;
    buttons.flat().forEach((button) => button.setAttribute("aria-pressed", false));
    const [row, column] = model.get("chosen");
    buttons[row]?.[column].setAttribute("aria-pressed", true);
  }

  table.onkeydown = (event) => {
    const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key] ?? [0, 0];
    if (!down && !right) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[here[0] + down]?.[here[1] + right]?.focus();
  };
  model.on("change:chosen", mark);
  draw();
  return () => { model.off("change:chosen", mark); };
}

export default { render };
