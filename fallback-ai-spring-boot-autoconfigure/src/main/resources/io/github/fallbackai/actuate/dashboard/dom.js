// SPDX-License-Identifier: Apache-2.0
/** Creates an element. Text only ever becomes text: nothing from outside is read as markup. */
export function element(tag, properties = {}, ...children) {
	const { dataset, ...rest } = properties;
	const node = Object.assign(document.createElement(tag), rest);
	Object.assign(node.dataset, dataset);
	node.append(...children.filter((child) => child !== null));
	return node;
}

/** Sets a text only if it changed, so that a selection and a screen reader are left alone. */
export function write(node, text) {
	if (node.textContent !== text) {
		node.textContent = text;
	}
}

/** A constant or key of the server as words. */
export function words(constant) {
	return String(constant).toLowerCase().replaceAll(/[_-]/g, " ");
}

/** Milliseconds of an ISO 8601 duration such as PT1M2.5S, null if there is none. */
export function millis(duration) {
	const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration ?? "");
	if (parts === null) {
		return null;
	}
	const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
	return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** A time that people can read: 42 s, 3 min 5 s, 2 h 1 min. */
export function time(ms) {
	const seconds = Math.max(0, Math.ceil(ms / 1000));
	if (seconds < 60) {
		return seconds + " s";
	}
	if (seconds < 3600) {
		return Math.floor(seconds / 60) + " min " + (seconds % 60) + " s";
	}
	return Math.floor(seconds / 3600) + " h " + Math.floor((seconds % 3600) / 60) + " min";
}
