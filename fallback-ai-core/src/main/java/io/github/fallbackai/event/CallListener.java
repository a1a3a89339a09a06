package io.github.fallbackai.event;

/**
 * Is told what happens during calls and to endpoints, event by event in order, on a
 * thread of its own: whatever it does, no call waits for it. One that is too slow misses
 * events, which are counted; an exception it throws is logged.
 *
 * @see ImmediateCallListener
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * Something happened.
	 * @param event what happened
	 */
	void onEvent(FailoverEvent event);

}
