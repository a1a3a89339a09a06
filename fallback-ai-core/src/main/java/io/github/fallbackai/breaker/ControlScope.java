package io.github.fallbackai.breaker;

/**
 * Whom an operator's decision reached.
 */
public enum ControlScope {

	/**
	 * This instance only: the others share no state with it, or the store does not answer
	 * at present. In the latter case they learn of it when it does.
	 */
	INSTANCE,

	/** Every instance that shares the state store. */
	CLUSTER

}
