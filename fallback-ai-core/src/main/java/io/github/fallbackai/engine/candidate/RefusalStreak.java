package io.github.fallbackai.engine.candidate;

import java.util.HashSet;
import java.util.Set;

/**
 * Notices an endpoint that refuses whatever it is asked, as one does whose account is
 * suspended in words that are not known. Counts refusals in a row: those of requests that
 * differ, since a single request that is wrong may come again and again, and those of
 * requests that another endpoint answered. Safe for use by several threads.
 */
final class RefusalStreak {

	/** After so many the endpoint is at fault, and not the requests. */
	static final int SUSPICIOUS = 10;

	private final Set<Integer> requests = new HashSet<>();

	private int answeredElsewhere;

	private volatile boolean quiet = true;

	private volatile boolean suspicious;

	/**
	 * A request was refused.
	 * @param request tells different requests apart
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
	 * A request that was refused was answered by another endpoint.
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
