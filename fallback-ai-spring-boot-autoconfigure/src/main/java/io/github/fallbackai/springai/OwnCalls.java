// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.function.Supplier;

/**
 * Knows the calls of models that this library makes. What several callers of a model
 * share, such as its retries, can so behave differently for them.
 */
final class OwnCalls {

	private static final ThreadLocal<Boolean> OWN = ThreadLocal.withInitial(() -> false);

	private OwnCalls() {
	}

	/** Calls a model. */
	static <T> T call(Supplier<T> call) {
		OWN.set(true);
		try {
			return call.get();
		}
		finally {
			OWN.remove();
		}
	}

	/** Whether this thread is within such a call. */
	static boolean here() {
		return OWN.get();
	}

}
