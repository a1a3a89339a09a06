// SPDX-License-Identifier: Apache-2.0
/** One answer: its text while it grows, who gives it, and what it took. */

import { element, words } from "./dom.js";
import { footer } from "./footer.js";
import { render } from "./markdown.js";

/** What is known of a question and its answer. It is plain data, which a reload survives. */
export function newTurn(question) {
	return { question, text: "", seams: [], state: "waiting", end: null, ms: 0 };
}

export class AnswerView {

	#turn;

	#text = element("div", { className: "text", dataset: { testid: "answer-text" } });

	#progress = element("p", { className: "progress", dataset: { testid: "progress" } });

	#footer = element("footer", { hidden: true });

	#began = performance.now();

	#frame = 0;

	#onRetry;

	#following;

	/** Each change of the text goes through following, which may scroll. */
	constructor(turn, onRetry, following) {
		this.#turn = turn;
		this.#onRetry = onRetry;
		this.#following = following;
		this.node = element("li", { className: "answer", ariaBusy: "true", dataset: { testid: "answer", state: turn.state } },
			this.#text, this.#progress, this.#footer);
		if (turn.end === null) {
			this.#waitFor(null);
		}
		else {
			this.settle();
		}
	}

	on(event, data) {
		switch (event) {
			case "delta":
				this.#state("streaming");
				this.#turn.text += data.text;
				this.#progress.hidden = true;
				this.#drawSoon();
				break;
			case "switch":
				this.#switched(data);
				break;
			case "done":
				this.#end("done", data);
				break;
			case "failed":
				this.failed(data);
				break;
		}
	}

	failed(failure) {
		this.#end("failed", failure);
	}

	stopped() {
		this.#end("stopped", {});
	}

	/** Nothing more will come: a screen reader may read it now. */
	settle() {
		cancelAnimationFrame(this.#frame);
		this.#draw();
		this.#progress.hidden = true;
		this.#footer.replaceChildren(...footer(this.#turn, this.#onRetry));
		this.#footer.hidden = false;
		this.node.ariaBusy = "false";
	}

	#switched({ from, to, model, reason, discardPrevious }) {
		this.#state("switching");
		if (discardPrevious) {
			Object.assign(this.#turn, { text: "", seams: [] });
			this.#draw();
		}
		if (this.#turn.text !== "") {
			this.#turn.seams.push({ at: this.#turn.text.length, from, to, model, reason });
		}
		this.#waitFor({ from, model, reason });
	}

	#waitFor(takeover) {
		const dots = element("span", { className: "dots", ariaHidden: "true" }, element("i"), element("i"), element("i"));
		const what = (takeover === null) ? [element("span", { className: "sr-only", textContent: "Waiting for an answer …" })]
			: [element("strong", { dataset: { testid: "next-model" }, textContent: takeover.model }),
				element("span", { textContent: "takes over from " + takeover.from + " (" + words(takeover.reason) + ")" })];
		this.#progress.replaceChildren(dots, ...what);
		this.#progress.hidden = false;
	}

	#end(state, end) {
		Object.assign(this.#turn, { end, ms: performance.now() - this.#began });
		this.#state(state);
	}

	/** Words come faster than anyone can see. */
	#drawSoon() {
		cancelAnimationFrame(this.#frame);
		this.#frame = requestAnimationFrame(() => this.#following(() => this.#draw()));
	}

	/** Leaves alone what stays as it is, so that a selection survives. */
	#draw() {
		const nodes = render(this.#turn.text, this.#turn.seams);
		nodes.forEach((node, index) => {
			const old = this.#text.childNodes[index];
			if (old === undefined) {
				this.#text.append(node);
			}
			else if (!old.isEqualNode(node)) {
				old.replaceWith(node);
			}
		});
		while (this.#text.childNodes.length > nodes.length) {
			this.#text.lastChild.remove();
		}
	}

	#state(state) {
		this.#turn.state = state;
		this.node.dataset.state = state;
	}

}
