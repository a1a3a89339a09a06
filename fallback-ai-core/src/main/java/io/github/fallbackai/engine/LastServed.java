// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which endpoint gave the latest answer.
 */
final class LastServed implements ImmediateCallListener {

	private volatile @Nullable String endpoint;

	@Override
	public void onEvent(FailoverEvent event) {
		if (event instanceof FailoverEvent.CallEnded ended && ended.endpoint() != null) {
			this.endpoint = ended.endpoint();
		}
	}

	@Nullable String endpoint() {
		return this.endpoint;
	}

}
