// What JupyterLab leaves to be wished for when a lesson is opened again, which it loads as an extension of its own.
(() => {
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  const FAILED = ".jp-OutputArea-output.jupyter-widgets"; // of one that is shown, only what is in it has the second name

  // On a busy computer Python may tell of its widgets just when the page has ceased to look for them, which it does for
  // two seconds; then they are there, and an error stands in their place. So each is asked for once more.
  function mendWidgets(panel) {
    const mended = new WeakSet();

    function list() {
      const areas = panel.content.widgets.flatMap((cell) => cell.outputArea ?? []);
      const rows = areas.flatMap(({ widgets, model }) => widgets.map((row, place) => [row, model.get(place)]));
      return rows.flatMap(([row, output]) => (row.widgets ?? []).map((view) => ({ view, output })));
    }

    function mend({ view, output }) {
      mended.add(view);
      view.removeClass("jupyter-widgets");
      view.renderModel(output);
    }

    const watcher = new MutationObserver(() => {
      if (!panel.node.querySelector(FAILED)) return;
      const failed = list().filter(({ view, output }) => view.node.matches(FAILED) && output?.data[WIDGET]);
      failed.filter(({ view }) => !mended.has(view)).forEach(mend);
    });
    watcher.observe(panel.node, { childList: true, subtree: true });
    panel.disposed.connect(() => watcher.disconnect());
  }

  function activate(app, notebooks) {
    notebooks.forEach(mendWidgets);
    notebooks.widgetAdded.connect((_, panel) => mendWidgets(panel));
  }

  let shared = null; // the packages that JupyterLab shares with its extensions: name -> version -> how to get it

  async function take(name) {
    const factory = await Object.values(shared[name])[0].get();
    return factory();
  }

  async function getExtension() {
    const { INotebookTracker } = await take("@jupyterlab/notebook");
    return () => ({ id: "facelab:page", autoStart: true, requires: [INotebookTracker], activate });
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB.facelab = { init: (scope) => { shared = scope; }, get: getExtension };
})();
