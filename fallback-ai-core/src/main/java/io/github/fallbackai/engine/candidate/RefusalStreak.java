// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.HashSet;
import java.util.Set;

/**
 * Notices an endpoint that refuses every request, for example because its account is
 * suspended, in words that are not known. It counts refusals in a row: refusals of
 * different requests, because a single wrong request may come again and again, and
 * refusals of requests that another endpoint answered. Safe for use by several threads.
 */
final class RefusalStreak {

	/** After this number of refusals, the endpoint is at fault and not the requests. */
	static final int SUSPICIOUS = 10;

	private final Set<Integer> requests = new HashSet<>();

	private int answeredElsewhere;

	private volatile boolean quiet = true;

	private volatile boolean suspicious;

	/**
	 * A request was refused.
	 * @param request distinguishes different requests
	 * @return whether the endpoint has just become suspicious
	 */
	synchronized boolean refused(int request) {
		this.quiet = false;
		if (this.requests.size() < SUSPICIOUS) {
			this.requests.add(request);
		}
		return judge();
	}

	/**
	 * Another endpoint answered a request that was refused here.
	 * @return whether the endpoint has just become suspicious
	 */
	synchronized boolean answeredElsewhere() {
		// The endpoint may have answered another request meanwhile.
		if (!this.quiet && this.answeredElsewhere < SUSPICIOUS) {
			this.answeredElsewhere++;
		}
		return judge();
	}

	/**
	 * The endpoint answered.
	 * @return whether it was suspicious
	 */
	boolean answered() {
		return !this.quiet && forget();
	}

	private synchronized boolean forget() {
		boolean before = this.suspicious;
		this.requests.clear();
		this.answeredElsewhere = 0;
		this.suspicious = false;
		this.quiet = true;
		return before;
	}

	/** Whether the endpoint refuses everything. */
	boolean suspicious() {
		return this.suspicious;
	}

	private boolean judge() {
		boolean before = this.suspicious;
		this.suspicious = this.requests.size() >= SUSPICIOUS || this.answeredElsewhere >= SUSPICIOUS;
		return this.suspicious && !before;
	}

}
