// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets tests wait longer for what must happen in the end: a busy machine is no failure.
 * Registered for all tests of the module.
 */
public class PatienceExtension implements BeforeAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
	}

}
