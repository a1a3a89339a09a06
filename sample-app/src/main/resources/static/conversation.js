/** The list of questions and answers, and the one answer that may be on its way. */

import { ask } from "./api.js";
import { AnswerView } from "./answer.js";
import { element } from "./dom.js";

export class Conversation {

	#list;

	#scroller;

	#abort = null;

	/** Called with true when an answer begins and with false when it ended. */
	onBusy = () => {};

	/** Called when the state of a provider may have changed. */
	onNews = () => {};

	constructor(list, scroller) {
		this.#list = list;
		this.#scroller = scroller;
	}

	get busy() {
		return this.#abort !== null;
	}

	stop() {
		this.#abort?.abort();
	}

	async send(message) {
		if (this.busy) {
			return;
		}
		this.#add(element("li", { className: "question", dataset: { testid: "question" } },
			element("p", { textContent: message })));
		const answer = new AnswerView(() => this.send(message));
		this.#add(answer.node);
		this.#abort = new AbortController();
		this.onBusy(true);
		try {
			await this.#follow(answer, ask(message, this.#abort.signal));
		}
		catch (error) {
			if (this.#abort.signal.aborted) {
				answer.stopped();
			}
			else {
				answer.failed({ message: error.message, attempts: [], skips: [] });
			}
		}
		finally {
			this.#abort = null;
			this.#keepBottom(() => answer.settle());
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

	#add(node) {
		this.#list.append(node);
		this.#scroller.scrollTop = this.#scroller.scrollHeight;
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
