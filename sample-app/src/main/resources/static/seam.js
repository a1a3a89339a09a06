// SPDX-License-Identifier: Apache-2.0
/** The place in an answer where another model took over. */

import { element, words } from "./dom.js";

/** Stands for a seam in a text. It is for private use, so no text needs it. */
export const SEAM = "\uE000";

/** How far a seam may be from its place. No mark of Markdown is longer. */
const FARTHEST = 300;

/**
 * Puts the seams into a text. A seam within a mark, such as two stars, would change what the mark means, so it goes to the
 * next place at which harmless(text) says that a text with it still is what it was.
 */
export function withSeams(text, seams, harmless) {
	const clean = withoutSeams(text);
	let result = "";
	let from = 0;
	for (const { at } of seams) {
		const to = Math.max(from, place(clean, at, harmless));
		result += clean.slice(from, to) + SEAM;
		from = to;
	}
	return result + clean.slice(from);
}

/** A text that happens to have such a character is not to be mistaken. */
export function withoutSeams(text) {
	return text.replaceAll(SEAM, "\uFFFD");
}

function place(text, at, harmless) {
	const fits = (to) => harmless(text.slice(0, to) + SEAM + text.slice(to));
	for (let to = at; to <= Math.min(text.length, at + FARTHEST); to++) {
		if (fits(to)) {
			return to;
		}
	}
	// Behind the last line there may be no such place.
	for (let to = at - 1; to >= Math.max(0, at - FARTHEST); to--) {
		if (fits(to)) {
			return to;
		}
	}
	return at;
}

export function seamMark({ from, to, model, reason }) {
	const what = model + " took over from " + from + " (" + words(reason) + ")";
	return element("span", { className: "seam", title: what, dataset: { testid: "seam", to } }, " " + what + " ");
}
