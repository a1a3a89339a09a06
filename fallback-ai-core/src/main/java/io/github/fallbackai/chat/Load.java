package io.github.fallbackai.chat;

/**
 * How urgent a call is.
 */
public enum Load {

	/** Somebody waits for the answer. */
	INTERACTIVE,

	/**
	 * Nobody waits: the call waits for a free place and for the end of a cool-down rather
	 * than go to a dearer endpoint, never hedges, and leaves part of an endpoint's places
	 * to others. The time it waits does not count towards the configured deadline, only
	 * towards one of its own.
	 */
	BATCH

}
