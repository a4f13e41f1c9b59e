// A picture of the paper tablecloth: made upright, small and plain here, and kept until the engine has it.

import { announce, h, remake } from "./dom.js";
import { backoff, rest } from "./link.js";
import { tableName } from "./replica.js";
import { uuid } from "./store.js";
import { statusMark } from "./wall.js";
import { language, t } from "./words.js";

const LONGEST = 2000; // pixels; as in facilitator/server/pictures.py
const QUALITY = 0.85;
const PATIENCE = 60000; // ms for one picture
const TRY_AGAIN = [0, 401, 408, 429, 500, 502, 503, 504, 507];

const unsafe = new Set(); // what only this page keeps
let sending = false;

/** The picture, upright. Some phones read more as an image than as a bitmap. */
async function read(file) {
	const image = new Image();
	image.src = URL.createObjectURL(file);
	try {
		return await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => image.decode().then(() => image));
	} finally {
		URL.revokeObjectURL(image.src);
	}
}

/** The picture as a new JPEG: its light and nothing else. Null where this phone can't read it. */
async function plain(file) {
	try {
		const picture = await read(file);
		const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
		const [width, height] = [picture.width, picture.height].map((side) => Math.ceil(side * scale));
		const canvas = Object.assign(document.createElement("canvas"), { width, height });
		const pen = Object.assign(canvas.getContext("2d"), { fillStyle: "#fff", imageSmoothingQuality: "high" });
		pen.fillRect(0, 0, width, height);
		pen.drawImage(picture, 0, 0, width, height);
		return await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
	} catch {
		return null;
	}
}

/** Send it, and tell how far it is. Status 0: no answer. */
const put = ({ id, table, bytes, type }, token, tell) =>
	new Promise((resolve) => {
		const request = new XMLHttpRequest();
		request.open("PUT", `/api/photos/${id}?table=${table}`);
		request.timeout = PATIENCE;
		request.setRequestHeader("Authorization", `Bearer ${token}`);
		request.setRequestHeader("Accept-Language", language());
		request.upload.onprogress = ({ loaded, total }) => tell(loaded / total);
		request.onloadend = () => resolve(request);
		request.send(new Blob([bytes], { type }));
	});

export function tool(phone) {
	const { store, replica, identity } = phone;
	const { meeting } = identity;
	const choose = h("input.unseen", { type: "file", accept: "image/*", capture: "environment", change: chosen });
	const list = h("ul.notes");
	const element = h("div", h("label.second.pick", h("span", t("Maak een foto van het tafelkleed")), choose), list);
	const photos = () => store.all("photo:").filter((photo) => photo.meeting === meeting);

	function update() {
		const shown = photos().map(({ id, status, message }) => [id, status, message, unsafe.has(id)]);
		remake(list, shown, () => photos().map(line));
	}

	function line({ id, status, message, name }, place) {
		const title = `${t("Foto {number}", { number: place + 1 })} · ${name}`;
		return h(
			"li",
			h("p.foot", h("span", title), statusMark(status)),
			status === "waiting" && h("progress", { id, value: 0, "aria-label": title }),
			unsafe.has(id) && h("p.wrong", t("Dit toestel kan de foto niet bewaren. Laat deze pagina open tot er ‘ontvangen’ staat.")),
			message && h("p.wrong", message),
		);
	}

	async function chosen() {
		const [file] = choose.files;
		if (!file) return;
		const { table } = replica.you;
		const picture = (await plain(file)) || file; // what can't be read here, the engine may read
		const bytes = await picture.arrayBuffer();
		const id = uuid();
		choose.value = "";
		await keep({ key: `photo:${id}`, id, meeting, table, name: tableName(replica.table), type: picture.type, bytes, status: "waiting" });
		send();
	}

	async function keep(photo) {
		const safe = await store.put(photo);
		unsafe[safe || photo.status !== "waiting" ? "delete" : "add"](photo.id);
		phone.renewed();
	}

	/** One after the other, each until the engine has it or says no. */
	async function send() {
		if (sending) return;
		sending = true;
		for (let tries = 0, photo; (photo = photos().find(({ status }) => status === "waiting")); ) {
			const { id } = photo;
			const { token } = phone.standing(meeting);
			const tell = (part) => Object.assign(document.getElementById(id) || {}, { value: part });
			const answer = token ? await put(photo, token, tell) : { status: 0 };
			if (answer.status === 410) await phone.wiped(meeting);
			if (answer.status === 401) await phone.joinAgain(meeting);
			if (TRY_AGAIN.includes(answer.status)) await rest(backoff((tries += 1), 8000));
			else await settled(photo, answer);
		}
		sending = false;
	}

	async function settled(photo, { status, responseText }) {
		if (status === 410) return;
		const good = status < 300;
		const message = good ? "" : JSON.parse(responseText).error.message;
		await keep({ ...photo, status: good ? "received" : "refused", bytes: null, message });
		announce(good ? t("De foto is ontvangen.") : message);
	}

	send();
	return { element, update };
}
