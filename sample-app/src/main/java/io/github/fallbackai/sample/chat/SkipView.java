// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.chat;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * A skipped endpoint as the HTTP API shows it, with the remaining time in milliseconds.
 */
record SkipView(String endpoint, SkipReason reason, @Nullable FailureKind cause, @Nullable Long remainingMs) {

	static List<SkipView> of(List<Skip> skips) {
		return skips.stream().map(SkipView::of).toList();
	}

	private static SkipView of(Skip skip) {
		Duration remaining = skip.remaining();
		return new SkipView(skip.endpoint(), skip.reason(), skip.cause(),
				(remaining != null) ? remaining.toMillis() : null);
	}

}
