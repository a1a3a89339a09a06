// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.YamlProcessor;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why Spring Boot cannot read a YAML file with a key such as {@code on}, which
 * YAML takes for a boolean. An earlier version of fallback-ai had a property of that
 * name. At that time there is neither an application context nor an environment.
 */
class YamlKeyFailureAnalyzer extends AbstractFailureAnalyzer<ClassCastException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ClassCastException cause) {
		String message = cause.getMessage();
		boolean booleanKey = message != null && message.startsWith("class " + Boolean.class.getName())
				&& Arrays.stream(cause.getStackTrace())
					.anyMatch((frame) -> frame.getClassName().equals(YamlProcessor.class.getName()));
		return booleanKey ? new FailureAnalysis(
				"A YAML file of the configuration has a key that YAML reads as true or false: on, off, yes, no, true or"
						+ " false.",
				"Put the key in quotation marks. The property retry.on of fallback-ai is called retry.kinds now.",
				cause) : null;
	}

}
