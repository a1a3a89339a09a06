// SPDX-License-Identifier: Apache-2.0
/**
 * Markdown as elements. The parser only tells what is what; the elements are made here, one by one, and no text is ever read
 * as HTML. So a model can write a heading, but no script, no image that calls home and no link to the page itself.
 */

import { element } from "./dom.js";
import { SEAM, seamMark, withoutSeams, withSeams } from "./seam.js";

const parser = globalThis.markdownit({ html: false, linkify: false, breaks: true });

const PLAIN = new Set(["p", "ul", "ol", "li", "blockquote", "thead", "tbody", "tr", "th", "td", "strong", "em", "s", "table"]);

const SCHEMES = new Set(["https:", "http:", "mailto:"]);

/** The nodes of a text, with a mark at each seam. */
export function render(text, seams = []) {
	if (seams.length === 0) {
		return build(withoutSeams(text), []);
	}
	const whole = box(build(withoutSeams(text), []));
	const harmless = (candidate) => {
		const tried = box(build(candidate, seams));
		const marks = tried.querySelectorAll(".seam");
		marks.forEach((mark) => mark.remove());
		tried.normalize();
		return marks.length === 1 && tried.isEqualNode(whole);
	};
	return build(withSeams(text, seams, harmless), seams);
}

function build(text, seams) {
	const builder = new Builder([...seams]);
	builder.append(parser.parse(text, {}));
	return [...builder.root.childNodes];
}

function box(nodes) {
	const node = element("div", {}, ...nodes);
	node.normalize();
	return node;
}

class Builder {

	root = document.createDocumentFragment();

	#open = [this.root];

	#seams;

	constructor(seams) {
		this.#seams = seams;
	}

	append(tokens) {
		for (const token of tokens) {
			if (token.nesting > 0) {
				this.#open.push(this.#begin(token));
			}
			else if (token.nesting < 0) {
				this.#open.pop();
			}
			else if (token.type === "inline") {
				this.append(token.children);
			}
			else {
				this.#leaf(token);
			}
		}
	}

	get #top() {
		return this.#open.at(-1);
	}

	#begin(token) {
		// The parser hides the paragraphs in the items of a tight list.
		const node = token.hidden ? null : container(token);
		if (node === null) {
			return this.#top;
		}
		if (token.tag === "table") {
			// A wide table scrolls on its own.
			this.#top.append(element("div", { className: "wide", tabIndex: 0, role: "group", ariaLabel: "Table" }, node));
		}
		else {
			this.#top.append(node);
		}
		return node;
	}

	#leaf(token) {
		switch (token.type) {
			case "softbreak":
			case "hardbreak":
				this.#top.append(element("br"));
				break;
			case "hr":
				this.#top.append(element("hr"));
				break;
			case "code_inline":
				this.#inside(element("code"), token.content);
				break;
			case "fence":
			case "code_block":
				this.#code(token);
				break;
			case "image":
				this.#text(token.content + " (image: " + token.attrGet("src") + ")");
				break;
			default:
				this.#text(token.content);
		}
	}

	#code(token) {
		const code = element("code");
		this.#top.append(element("pre", { tabIndex: 0, role: "group", ariaLabel: "Code" }, code));
		this.#open.push(code);
		this.#text(token.content);
		this.#open.pop();
	}

	#inside(node, text) {
		this.#top.append(node);
		this.#open.push(node);
		this.#text(text);
		this.#open.pop();
	}

	#text(text) {
		const [first, ...others] = text.split(SEAM);
		this.#top.append(first);
		others.forEach((other) => this.#top.append(...[this.#seams.shift()].filter(Boolean).map(seamMark), other));
	}

}

function container(token) {
	if (token.type === "heading_open") {
		// The page has headings of its own above. Models begin with any level.
		return element((Number(token.tag.slice(1)) <= 2) ? "h3" : "h4");
	}
	if (token.type === "link_open") {
		return link(token.attrGet("href"));
	}
	if (!PLAIN.has(token.tag)) {
		return null;
	}
	const node = element(token.tag);
	if (token.tag === "ol" && token.attrGet("start")) {
		node.start = Number(token.attrGet("start"));
	}
	const align = /center|right/.exec(token.attrGet("style") ?? "");
	if (align !== null) {
		node.style.textAlign = align[0];
	}
	return node;
}

/** An absolute address of a harmless scheme is a link; the text of any other is only text. */
function link(href) {
	if (!URL.canParse(href) || !SCHEMES.has(new URL(href).protocol)) {
		return element("span", { title: href });
	}
	return element("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" });
}
