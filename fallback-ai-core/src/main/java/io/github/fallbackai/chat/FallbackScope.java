package io.github.fallbackai.chat;

/**
 * Which endpoints may answer in place of a chain's first one. The first one of the list
 * is meant, whether or not it is available: who forbids another model does not get it
 * silently because the first endpoint happens to be down.
 */
public enum FallbackScope {

	/** Every endpoint of the chain. */
	ANY_MODEL,

	/** Only endpoints of the same model group, for answers that must be reproducible. */
	SAME_MODEL,

	/** None: the first endpoint answers or the call fails. */
	NONE

}
