// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

/**
 * Which instances an operator's decision reached.
 */
public enum ControlScope {

	/**
	 * Only this instance, because the others share no state with it, or because the store
	 * does not answer now. In the latter case they learn of the decision when the store
	 * answers again.
	 */
	INSTANCE,

	/** Every instance that shares the state store. */
	CLUSTER

}
