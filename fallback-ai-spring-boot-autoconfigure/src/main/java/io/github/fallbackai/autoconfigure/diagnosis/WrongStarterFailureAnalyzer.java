// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which starter to use.
 */
class WrongStarterFailureAnalyzer extends AbstractFailureAnalyzer<WrongStarterException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, WrongStarterException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
