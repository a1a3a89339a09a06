// SPDX-License-Identifier: Apache-2.0
/** Adds up how long a user stares at a question without a new word. The first second of each wait is free. */

const FREE_MS = 1000;

export class Silence {

	#total = 0;

	#since = null;

	#now;

	constructor(now = () => performance.now()) {
		this.#now = now;
	}

	/** A question is asked. */
	begin() {
		this.#since = this.#now();
	}

	/** A word came. */
	broken() {
		this.#total += this.#waited();
		this.#since = this.#now();
	}

	/** The answer or an error is there: who waits now waits for nothing. */
	end() {
		this.broken();
		this.#since = null;
	}

	seconds() {
		return (this.#total + this.#waited()) / 1000;
	}

	#waited() {
		return (this.#since === null) ? 0 : Math.max(0, this.#now() - this.#since - FREE_MS);
	}

}
