// SPDX-License-Identifier: Apache-2.0
/** The list of questions and answers, and the one answer that may be on its way. */

import { ask } from "./api.js";
import { AnswerView, newTurn } from "./answer.js";
import { element } from "./dom.js";
import { messages, remember, remembered } from "./memory.js";

export class Conversation {

	#list;

	#scroller;

	#turns = remembered();

	#abort = null;

	/** Called with true when an answer begins and with false when it ended. */
	onBusy = () => {};

	/** Called when the state of a provider may have changed. */
	onNews = () => {};

	constructor(list, scroller) {
		this.#list = list;
		this.#scroller = scroller;
		this.#turns.forEach((turn) => this.#show(turn));
		addEventListener("pagehide", () => remember(this.#turns));
	}

	get busy() {
		return this.#abort !== null;
	}

	get empty() {
		return this.#turns.length === 0;
	}

	stop() {
		this.#abort?.abort();
	}

	/** Forgets everything that was said. */
	clear() {
		this.stop();
		this.#turns = [];
		this.#list.replaceChildren();
		remember(this.#turns);
	}

	async send(question) {
		if (this.busy) {
			return;
		}
		const history = messages(this.#turns);
		const turn = newTurn(question);
		this.#turns.push(turn);
		const answer = this.#show(turn);
		const abort = this.#abort = new AbortController();
		this.onBusy(true);
		try {
			await this.#follow(answer, ask(question, history, abort.signal));
		}
		catch (error) {
			if (abort.signal.aborted) {
				answer.stopped();
			}
			else {
				answer.failed({ message: error.message, attempts: [], skips: [] });
			}
		}
		finally {
			this.#abort = null;
			this.#keepBottom(() => answer.settle());
			remember(this.#turns);
			this.onBusy(false);
			this.onNews();
		}
	}

	async #follow(answer, events) {
		let ended = false;
		for await (const { event, data } of events) {
			ended = (event === "done" || event === "failed");
			this.#keepBottom(() => answer.on(event, data));
			if (event === "switch") {
				this.onNews();
			}
		}
		if (!ended) {
			throw new Error("The connection to the chatbot's server broke.");
		}
	}

	#show(turn) {
		const question = element("li", { className: "question", dataset: { testid: "question" } },
			element("p", { textContent: turn.question }));
		const answer = new AnswerView(turn, () => this.#retry(turn, question, answer),
			(change) => this.#keepBottom(change));
		this.#list.append(question, answer.node);
		this.#scroller.scrollTop = this.#scroller.scrollHeight;
		return answer;
	}

	/** The last question takes the place of its failed answer; an older one is asked again at the end. */
	#retry(turn, question, answer) {
		if (this.busy) {
			return;
		}
		if (this.#turns.at(-1) === turn) {
			this.#turns.pop();
			question.remove();
			answer.node.remove();
		}
		this.send(turn.question);
	}

	/** Follows the growing text, unless the reader scrolled away from it. */
	#keepBottom(change) {
		const { scrollTop, clientHeight, scrollHeight } = this.#scroller;
		const atBottom = scrollHeight - clientHeight - scrollTop < 40;
		change();
		if (atBottom) {
			this.#scroller.scrollTop = this.#scroller.scrollHeight;
		}
	}

}
