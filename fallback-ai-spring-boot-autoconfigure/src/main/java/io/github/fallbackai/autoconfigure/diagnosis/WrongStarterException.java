// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import io.github.fallbackai.autoconfigure.diagnosis.StarterCheck.Starter;

/**
 * The starter is for another generation of Spring Boot.
 */
class WrongStarterException extends RuntimeException {

	private final String action;

	WrongStarterException(String version, Starter wrong, Starter right, boolean rightIsThereToo) {
		super("This application runs on Spring Boot " + version + ", but " + wrong.library + ", which " + wrong.artifact
				+ " brings, is for Spring Boot " + wrong.springBoot + '.');
		this.action = rightIsThereToo
				? "Remove " + wrong.artifact + " and " + wrong.library + " from the dependencies, and keep "
						+ right.artifact + '.'
				: "Replace the dependency io.github.fallbackai:" + wrong.artifact + " by io.github.fallbackai:"
						+ right.artifact + '.';
	}

	/** What to do. */
	String action() {
		return this.action;
	}

}
