// A place to drop, paste or choose photos. Each photo is shrunk here, in the browser, and then sent to Python alone,
// in parts: a message of more than 10 MB would end the connection.
const MOST_PIXELS = 1600 * 1200; // of a photo that is sent
const SHORTEST_SIDE = 1000; // pixels: a face in a very wide or high picture must not become too small to be found
const LONGEST_SIDE = 16_000; // pixels: a canvas takes no more
const PART = 4 * 1024 * 1024; // bytes
const LARGEST_FILE = 200 * 1024 * 1024; // bytes

// A dropped folder arrives as an entry that has to be walked through; photos in it come as entries of their own.
async function filesIn(entry) {
  if (entry.isFile) return [Object.assign(await new Promise((done, fail) => entry.file(done, fail)), { path: entry.fullPath })];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) return files;
    for (const child of some) files.push(...(await filesIn(child)));
  }
}

// Where a file lies in the folder that was chosen or dropped.
function pathOf(file) {
  return (file.path || file.webkitRelativePath || file.name).replace(/^\//, "");
}

// What a file is tells its content, whatever it is called: JPEG, PNG, GIF, BMP, TIFF, WebP, HEIC and AVIF, or a zip.
const SIGNS = /^(\xff\xd8\xff|\x89PNG|GIF8|BM|II\*\0|MM\0\*|RIFF....WEBP|....ftyp(he|mif1|msf1|avi)|PK\x03\x04)/s;

async function readStart(file, bytes) {
  return String.fromCharCode(...new Uint8Array(await file.slice(0, bytes).arrayBuffer()));
}

async function mayBePhoto(file) {
  if (SIGNS.test(await readStart(file, 12))) return true; // Python tells what else it is that is called a photo
  return file.type.startsWith("image/") || /\.(jpe?g|png|webp|bmp|tiff?|gif|heic|heif|avif|zip)$/i.test(file.name);
}

// Browsers turn a JPEG upright, but not each turns other photos that say which way is up: those are left to Python.
async function isTurned(file) {
  const start = await readStart(file, 4096);
  return (start.startsWith("RIFF") && start.charCodeAt(20) & 8) || (start.startsWith("\x89PNG") && start.includes("eXIf"));
}

// What the browser can draw travels small, upright and without the place where it was taken. All else goes as it is.
async function shrink(file) {
  let bitmap;
  try {
    if (await isTurned(file)) return { name: file.name, blob: file };
    bitmap = await createImageBitmap(file);
  } catch {
    return { name: file.name, blob: file };
  }
  const [short, long] = [bitmap.width, bitmap.height].sort((one, other) => one - other);
  const scale = Math.min(1, Math.max(Math.sqrt(MOST_PIXELS / (short * long)), SHORTEST_SIDE / short), LONGEST_SIDE / long);
  const canvas = make("canvas", { width: Math.max(1, bitmap.width * scale), height: Math.max(1, bitmap.height * scale) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // see-through parts
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
  return { name: file.name.replace(/\.\w+$/, "") + ".jpg", blob };
}

function render({ model, el }) {
  const words = model.get("words");
  const kind = model.get("kind");
  const status = make("p", { role: "status" });
  const bar = make("progress", { hidden: true, ariaLabel: words.sending });
  const refused = make("ul", { role: "alert" });
  const photos = make("input", { type: "file", hidden: true, multiple: kind === "photos", accept: kind === "set" ? ".zip" : "image/*,.heic,.heif,.avif,.zip" });
  const folder = make("input", { type: "file", hidden: true, webkitdirectory: true });
  const choose = make("button", { type: "button", className: "facelab-button facelab-main", textContent: words.choose });
  const chooseFolder = make("button", { type: "button", className: "facelab-button", hidden: kind === "photo", textContent: words.folder });
  const zone = make("div", { className: "facelab-drop", tabIndex: 0, role: "group", ariaLabel: words.drop }, [
    make("p", {}, [make("strong", { textContent: words.drop })]),
    choose, chooseFolder, photos, folder, bar, status, refused,
  ]);
  zone.dataset.lmSuppressShortcuts = "true"; // else the notebook takes Ctrl+V for pasting a cell
  el.append(zone);

  let answer = null; // what to call when Python answers
  let queue = Promise.resolve(); // one batch after the other
  const talk = converse(model, el, (message) => answer?.(message));

  const ask = (message, buffers) =>
    new Promise((done) => {
      answer = done;
      report(el, "asked");
      talk.tell(message, buffers);
    });

  async function send({ name, blob }) {
    let reply;
    for (let start = 0; start < Math.max(blob.size, 1); start += PART) {
      const data = await blob.slice(start, start + PART).arrayBuffer();
      reply = await ask({ kind: "part", name, first: start === 0, last: start + PART >= blob.size }, [data]);
      if (reply.problem) break;
    }
    return reply.problem;
  }

  async function sendOne(file) {
    if (kind !== "set" && !(await mayBePhoto(file))) return fill(words.not_a_photo, { name: file.name });
    if (file.size > LARGEST_FILE) return fill(words.too_large, { name: file.name });
    try {
      return await send(kind === "set" ? { name: pathOf(file), blob: file } : await shrink(file));
    } catch (problem) {
      return fill(words.broken, { name: file.name, problem: problem.message });
    }
  }

  const refuse = (problem) => refused.append(make("li", { textContent: problem, className: "facelab-problem" }));

  async function sendAll(files) {
    const zip = files.find((file) => file.name.toLowerCase().endsWith(".zip"));
    files = files.filter((file) => !file.name.startsWith(".")).slice(0, kind === "photo" ? 1 : undefined);
    if (kind === "set" && zip) files = [zip]; // one set at a time
    refused.replaceChildren();
    if (!files.length) return refuse(words.no_file);
    bar.hidden = false;
    bar.max = files.length;
    await ask({ kind: "begin" });
    for (const [done, file] of files.entries()) {
      bar.value = done;
      status.textContent = fill(words.progress, { done: done + 1, total: files.length });
      const problem = await sendOne(file);
      if (problem) refuse(problem);
    }
    bar.removeAttribute("value"); // Python now works on what has arrived
    await ask({ kind: "end" });
    bar.hidden = true;
    status.textContent = "";
  }

  function take(files) {
    const batch = [...files]; // copied now: the browser empties its list
    queue = queue.then(() => sendAll(batch));
  }

  function over(event) {
    event.preventDefault();
    event.stopPropagation(); // the notebook would take the files for itself
    zone.classList.add("facelab-over");
  }

  choose.onclick = () => photos.click();
  chooseFolder.onclick = () => folder.click();
  photos.onchange = folder.onchange = (event) => { take(event.target.files); event.target.value = ""; };
  zone.ondragenter = zone.ondragover = over;
  zone.ondragleave = () => zone.classList.remove("facelab-over");
  zone.ondrop = async (event) => {
    over(event);
    zone.classList.remove("facelab-over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const loose = [...event.dataTransfer.files]; // read now: the browser empties it after this event
    take(entries.length ? (await Promise.all(entries.map(filesIn))).flat() : loose);
  };
  zone.onpaste = (event) => {
    event.preventDefault();
    event.stopPropagation();
    take(event.clipboardData.files);
  };
  return () => talk.end();
}

export default { render };
