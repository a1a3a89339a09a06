// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * What a user reads about a failed start.
 */
public final class Explanation {

	private Explanation() {
	}

	/** The analysis of a failure, {@code null} if its configuration is not to blame. */
	public static FailureAnalysis of(Throwable failure, Environment environment) {
		return new InvalidConfigurationFailureAnalyzer(environment).analyze(failure);
	}

}
