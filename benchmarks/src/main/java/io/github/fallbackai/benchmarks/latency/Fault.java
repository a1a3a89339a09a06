// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.latency;

import java.util.Locale;

/**
 * How a provider fails.
 */
enum Fault {

	/** Status 500. */
	STATUS_500,

	/** The connection is reset before any answer. */
	RESET,

	/** A stream ends after some content without its last event. */
	CUT;

	/** First part of the path at which the provider fails so. */
	String path() {
		return '/' + name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public String toString() {
		return path().substring(1).replace('-', ' ');
	}

}
